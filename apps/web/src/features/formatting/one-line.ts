import { parseMessage } from "./parse-message.ts";
import { plainText } from "./tree.ts";
import { pendingChangesOf } from "../../room/pending-changes.ts";
import type { RoomState } from "../../room/store.ts";

/** How many characters of a message are shown in its place. */
const LINE_CHARS_MAX = 120;

/** The first line of a message that has text, as plain text. */
export function firstLine(text: string): string {
  const line = plainText(parseMessage(text))
    .split("\n")
    .find((line) => line.trim() !== "");
  const characters = [...(line ?? text).trim()];
  return characters.length <= LINE_CHARS_MAX
    ? characters.join("")
    : `${characters.slice(0, LINE_CHARS_MAX).join("")}…`;
}

/** The last message of a room and its author; undefined if nothing is shown. */
export function lastLine({
  messages,
  outgoing,
  people,
  undoable,
}: Pick<RoomState, "messages" | "outgoing" | "people" | "undoable">): string | undefined {
  // A deletion counts before the server knows of it, and while it can be undone.
  const last = messages.findLast(
    ({ id, body }) =>
      body.is === "said" && !undoable.has(id) && !pendingChangesOf(outgoing, id).deletion,
  );
  if (last?.body.is !== "said") return undefined;
  return lineOf(last.from.id === people?.self.id ? "You" : last.from.name, last.body.text);
}

/** A message as a list of rooms shows it. */
export function lineOf(name: string, text: string): string {
  return `${name}: ${firstLine(text)}`;
}
