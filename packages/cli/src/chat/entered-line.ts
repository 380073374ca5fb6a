import { canonicalName } from "@parley/protocol";

/** What the user entered at the prompt. */
export type Entered =
  | { readonly is: "nothing" | "who" | "quit" | "help" }
  | { readonly is: "message"; readonly text: string }
  | { readonly is: "name"; readonly name: string }
  | { readonly is: "wrong"; readonly why: string };

export const COMMANDS = [
  "/name NAME  takes another name",
  "/who        lists who is here",
  "/quit       leaves; so does Ctrl-D",
  "/help       lists this",
  "//text      says /text",
  "Alt-Enter begins a new line in a message. Ctrl-C empties the line, and leaves where it is empty.",
];

/** Parses an entered line: a command begins with one slash. */
export function readEntered(line: string): Entered {
  if (line.trim() === "") return { is: "nothing" };
  if (line.startsWith("//")) return { is: "message", text: line.slice(1) };
  if (!line.startsWith("/")) return { is: "message", text: line };
  const [, command = "", rest = ""] = /^\/(\S*)\s*(.*)$/s.exec(line) ?? [];
  switch (command) {
    case "name": {
      const name = canonicalName(rest);
      if (name === undefined) return { is: "wrong", why: "A name is 1 to 32 visible characters." };
      return { is: "name", name };
    }
    case "who":
    case "quit":
    case "help":
      return { is: command };
    default:
      return {
        is: "wrong",
        why: `There is no /${command}: /help lists what there is. To say it, begin with //.`,
      };
  }
}
