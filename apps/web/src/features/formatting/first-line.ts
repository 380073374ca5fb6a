import { parseMessage } from "./parse-message.ts";
import { plainText } from "./tree.ts";

/** Characters of a message that stand for all of it. */
const LINE_CHARS_MAX = 120;

/** The first line of a message that says something, as plain text; the rest of it is left out. */
export function firstLine(text: string): string {
  const line = plainText(parseMessage(text))
    .split("\n")
    .find((line) => line.trim() !== "");
  const characters = [...(line ?? text).trim()];
  return characters.length <= LINE_CHARS_MAX
    ? characters.join("")
    : `${characters.slice(0, LINE_CHARS_MAX).join("")}…`;
}
