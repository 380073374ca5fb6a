import { roomsWithPending } from "@parley/client/pending";

/** Where something waits to be sent: in a room, or in a private conversation in it. */
export interface PendingPlace {
  readonly roomId: string;
  readonly isPrivate: boolean;
}

/** None if the browser denies its storage: then nothing lasted until now. */
export async function pendingPlaces(): Promise<readonly PendingPlace[]> {
  try {
    const places = await roomsWithPending();
    return places.map((place) => {
      const [roomId = place, partner] = place.split("/");
      return { roomId, isPrivate: partner !== undefined };
    });
  } catch (error) {
    if (error instanceof DOMException) return [];
    throw error;
  }
}
