import { lineOf } from "../formatting/last-line.ts";

/** Messages that are looked at; more of them are as many. */
const LOOKED_AT_MAX = 100;

/** What a look at a room shows that is not connected. */
export interface Look {
  /** Messages after the last one that the reader saw. */
  readonly unread: number;
  /** The last of them, and who said it. */
  readonly last?: string;
}

/**
 * Asks the server what came in a room after a message, without joining it.
 * @param seenTo the `seq` of the last message that the reader saw
 * @returns undefined where the server does not say
 */
export async function lookAt(
  roomId: string,
  seenTo: number,
  signal: AbortSignal,
): Promise<Look | undefined> {
  const path = `/api/rooms/${encodeURIComponent(roomId)}/messages`;
  try {
    const answer = await fetch(`${path}?after=${seenTo}&limit=${LOOKED_AT_MAX}`, { signal });
    return readLook(await answer.json());
  } catch {
    // The next look is soon.
    return undefined;
  }
}

/** Reads a page of `GET /api/rooms/:room/messages`; a refusal is none. */
export function readLook(page: unknown): Look | undefined {
  const { entries } = Object(page) as { entries?: unknown };
  if (!Array.isArray(entries)) return undefined;
  const said = entries.flatMap((entry: unknown) => {
    const { type, payload } = Object(entry) as { type?: unknown; payload?: unknown };
    const { message, from } = Object(payload) as { message?: unknown; from?: unknown };
    const { name } = Object(from) as { name?: unknown };
    return type === "chat" && typeof message === "string" && typeof name === "string"
      ? [lineOf(name, message)]
      : [];
  });
  const last = said.at(-1);
  return { unread: said.length, ...(last !== undefined && { last }) };
}
