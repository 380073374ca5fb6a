import { firstLine } from "./first-line.ts";
import type { RoomState } from "../../room/store.ts";

/** The last message of a room and its author; undefined if nothing is shown. */
export function lastLine({
  messages,
  people,
}: Pick<RoomState, "messages" | "people">): string | undefined {
  const last = messages.findLast(({ body }) => body.is === "said");
  if (last?.body.is !== "said") return undefined;
  return lineOf(last.from.id === people?.self.id ? "You" : last.from.name, last.body.text);
}

/** A message as a list of rooms shows it. */
export function lineOf(name: string, text: string): string {
  return `${name}: ${firstLine(text)}`;
}
