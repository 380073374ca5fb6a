import { parseMessage } from "./parse-message.ts";

/** Whether a message is read as one stretch of italics and nothing beside it. */
export function isOneEmphasis(text: string): boolean {
  const [block, ...more] = parseMessage(text);
  if (more.length > 0 || block?.is !== "paragraph" || block.parts.length !== 1) return false;
  return block.parts[0]?.is === "emphasis";
}
