import { roomPath } from "@parley/protocol";
import { askServer } from "../../ui/ask-server.ts";
import { lineOf } from "../formatting/last-line.ts";

/** How many messages are read; a higher count is shown as this. */
const LOOKED_AT_MAX = 100;

/** What is new in a room that is not connected. */
export interface Look {
  /** The number of messages after the last one that the user saw. */
  readonly unread: number;
  /** The last of them, and its author. */
  readonly last?: string;
}

/**
 * Asks the server what is new in a room, without joining it.
 * @param seenTo the `seq` of the last message that the user saw
 * @returns undefined if the server does not say
 */
export async function lookAt(
  roomId: string,
  seenTo: number,
  signal: AbortSignal,
): Promise<Look | undefined> {
  const path = `/messages?after=${seenTo}&limit=${LOOKED_AT_MAX}`;
  return readLook(await askServer(roomPath(roomId, path), signal));
}

/** Reads a page of `GET /api/rooms/:room/messages`; undefined for a refusal. */
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
