import { storedName } from "../storage/identity.ts";
import { pendingPlaces } from "../storage/pending-places.ts";
import { storedRooms } from "../storage/recent-rooms.ts";
import { liveRooms, takeLiveBefore } from "./use-room-socket.ts";

/**
 * Connects the rooms again that were live before a reload, and others in which something waits to be
 * sent (SPEC D5), until it is sent; but none that was forgotten or left. Nothing without a name.
 */
export async function bringBackRooms(): Promise<void> {
  const name = storedName().read();
  if (name === undefined) return;
  liveRooms.bringBack(takeLiveBefore().filter(isKnown), name);
  const pending = await pendingPlaces();
  liveRooms.connectToSend(
    pending.filter(({ roomId }) => isKnown(roomId)),
    name,
  );
}

function isKnown(roomId: string): boolean {
  return storedRooms()
    .read()
    .some((room) => room.roomId === roomId);
}
