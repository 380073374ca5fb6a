import { storedName } from "../storage/identity.ts";
import { pendingPlaces } from "../storage/pending-places.ts";
import { storedRooms } from "../storage/recent-rooms.ts";
import { liveRooms, takeLiveBefore } from "./use-room-socket.ts";

/**
 * Connects the rooms again that were live before a reload, and others in which something waits to be
 * sent (SPEC D5); but for those that were forgotten since. Nothing without a name.
 */
export async function bringBackRooms(): Promise<void> {
  const name = storedName().read();
  const pending = await pendingPlaces();
  if (name === undefined) return;
  const known = new Set(
    storedRooms()
      .read()
      .map(({ roomId }) => roomId),
  );
  const ids = new Set([...takeLiveBefore(), ...pending.map(({ roomId }) => roomId)]);
  const rooms = [...ids].filter((id) => known.has(id)).map((id) => liveRooms.roomFor(id, name));
  liveRooms.bringBack(rooms);
  for (const { roomId, conversations } of rooms) {
    const isPrivate = pending.some((place) => place.roomId === roomId && place.isPrivate);
    // It sends what waits. If its code cannot be fetched, that is sent with the next visit.
    // oxlint-disable-next-line house/no-bare-catch -- whatever keeps it away
    if (isPrivate) void conversations.fetch().catch(() => undefined);
  }
}
