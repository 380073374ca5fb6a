import { parseMessage } from "../formatting/parse-message.ts";
import { checkName } from "../join/checks.ts";

/** What a written text asks for. */
export type ParsedCommand =
  | { readonly is: "say"; readonly text: string }
  | { readonly is: "rename"; readonly name: string }
  | { readonly is: "help" }
  /** Opens a private conversation with a text in its box: a name and the text. */
  | { readonly is: "private"; readonly written: string }
  /** It cannot be done, and why; for people. */
  | { readonly is: "refused"; readonly why: string };

/** A word after a slash, alone or before a blank: `/etc/hosts` and `/2` are no commands. */
const COMMAND = /^\/([a-z]+)(?:\s+(.*))?$/is;
const SHRUG = String.raw`¯\_(ツ)_/¯`;

/**
 * Parses a message that may be a command. The result is sent as plain text that reads well in any
 * other client. A message that begins with two slashes is sent with one.
 */
export function readCommand(message: string): ParsedCommand {
  if (message.startsWith("//")) return { is: "say", text: message.slice(1) };
  const match = COMMAND.exec(message);
  if (!match) return { is: "say", text: message };
  const [, name = "", rest = ""] = match;
  switch (name.toLowerCase()) {
    case "me":
      return act(rest);
    case "name":
      return rename(rest);
    case "shrug":
      return { is: "say", text: `${rest} ${SHRUG}`.trim() };
    case "w":
    case "msg":
      return { is: "private", written: rest };
    case "help":
      return { is: "help" };
    default:
      return {
        is: "refused",
        why: `There is no command /${name}. To send this as it is, begin it with two slashes.`,
      };
  }
}

/** In italics, with a marker that the text itself does not contain. */
function act(what: string): ParsedCommand {
  const text = what.trim();
  if (text === "") return { is: "refused", why: "Write what you do, as in “/me waves”." };
  const marked = [`_${text}_`, `*${text}*`].find(isOneEmphasis);
  return { is: "say", text: marked ?? text };
}

function rename(text: string): ParsedCommand {
  const checked = checkName(text);
  return checked.ok
    ? { is: "rename", name: checked.value }
    : { is: "refused", why: `${checked.message} As in “/name Ada”.` };
}

/** Whether a message is a single stretch of italics. */
function isOneEmphasis(text: string): boolean {
  const [block, ...more] = parseMessage(text);
  if (more.length > 0 || block?.is !== "paragraph" || block.parts.length !== 1) return false;
  return block.parts[0]?.is === "emphasis";
}
