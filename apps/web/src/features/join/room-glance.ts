/** What a room tells of itself before one joins it. */
export interface RoomGlance {
  /** How many people are there. */
  readonly count: number;
  readonly name?: string;
  readonly topic?: string;
}

/**
 * Asks the server about a room.
 * @param roomId a canonical room id
 * @returns undefined where it does not say
 */
export async function roomGlance(
  roomId: string,
  signal: AbortSignal,
): Promise<RoomGlance | undefined> {
  try {
    const answer = await fetch(`/api/rooms/${encodeURIComponent(roomId)}`, { signal });
    return readGlance(await answer.json());
  } catch {
    // Nobody misses it: the way in is the same.
    return undefined;
  }
}

/** Reads an answer of `GET /api/rooms/:room`; a refusal is none. */
function readGlance(answer: unknown): RoomGlance | undefined {
  const { count, name, topic } = Object(answer) as Record<string, unknown>;
  if (typeof count !== "number") return undefined;
  return {
    count,
    ...(typeof name === "string" && { name }),
    ...(typeof topic === "string" && { topic }),
  };
}
