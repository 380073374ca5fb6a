/** What a room shows before one joins it. */
export interface RoomGlance {
  /** How many people are there. */
  readonly count: number;
  readonly name?: string;
  readonly topic?: string;
}

/**
 * Asks the server about a room.
 * @param roomId a canonical room id
 * @returns undefined if the server does not say
 */
export async function roomGlance(
  roomId: string,
  signal: AbortSignal,
): Promise<RoomGlance | undefined> {
  try {
    const answer = await fetch(`/api/rooms/${encodeURIComponent(roomId)}`, { signal });
    return readGlance(await answer.json());
  } catch {
    // It is only an extra: joining works without it.
    return undefined;
  }
}

/** Reads an answer of `GET /api/rooms/:room`; undefined for a refusal. */
function readGlance(answer: unknown): RoomGlance | undefined {
  const { count, name, topic } = Object(answer) as Record<string, unknown>;
  if (typeof count !== "number") return undefined;
  return {
    count,
    ...(typeof name === "string" && { name }),
    ...(typeof topic === "string" && { topic }),
  };
}
