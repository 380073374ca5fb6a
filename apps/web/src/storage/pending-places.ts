import { roomsWithPending } from "@parley/client/pending";

/** Where something waits to be sent: in a room, or in a private conversation in it. */
export interface PendingPlace {
  readonly roomId: string;
  /** The other member's id. */
  readonly partner: string | undefined;
}

/** None if the browser denies its storage: then nothing lasted until now. */
export async function pendingPlaces(): Promise<readonly PendingPlace[]> {
  try {
    const places = await roomsWithPending();
    return places.map((place) => {
      const [roomId = place, partner] = place.split("/");
      return { roomId, partner };
    });
  } catch (error) {
    if (error instanceof DOMException) return [];
    throw error;
  }
}
