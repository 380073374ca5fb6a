/** A command, as it is offered and explained. */
export interface SlashCommand {
  readonly name: "me" | "name" | "w" | "shrug" | "help";
  /** What follows it. */
  readonly takes: string;
  readonly what: string;
}

/** All commands, in the order in which they are offered. */
export const commands: readonly SlashCommand[] = [
  { name: "me", takes: "does something", what: "Say what you do, in italics" },
  { name: "name", takes: "New name", what: "Take another name" },
  { name: "w", takes: "name text", what: "Write to one person privately" },
  { name: "shrug", takes: "", what: String.raw`Send ¯\_(ツ)_/¯` },
  { name: "help", takes: "", what: "Show commands and shortcuts" },
];
