import { roomsWithPending } from "@parley/client/pending";

/** Where something waits to be sent: in a room, or in a private conversation in it. */
export interface PendingPlace {
  readonly roomId: string;
  /** The other member's id, in lower case: ids themselves tell upper from lower case. */
  readonly partner: string | undefined;
  /** The number of messages; none if only changes wait, such as edits. */
  readonly messages: number;
}

/** Where something waits in a room and in the private conversations in it. */
export async function pendingIn(roomId: string): Promise<readonly PendingPlace[]> {
  return (await pendingPlaces()).filter((place) => place.roomId === roomId);
}

/** None if the browser denies its storage: then nothing lasted until now. */
export async function pendingPlaces(): Promise<readonly PendingPlace[]> {
  try {
    return [...(await roomsWithPending())].map(([place, messages]) => {
      const [roomId = place, partner] = place.split("/");
      return { roomId, partner, messages };
    });
  } catch (error) {
    if (error instanceof DOMException) return [];
    throw error;
  }
}
