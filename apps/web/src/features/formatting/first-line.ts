import { parseMessage } from "./parse-message.ts";
import { plainText } from "./tree.ts";

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
