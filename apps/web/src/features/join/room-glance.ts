import { roomPath } from "@parley/protocol";
import { askServer } from "../../ui/ask-server.ts";

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
  return readGlance(await askServer(roomPath(roomId), signal));
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
