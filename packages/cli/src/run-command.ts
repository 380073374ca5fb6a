import { readFileSync } from "node:fs";
import { parseArgs, type ParseArgsConfig } from "node:util";
import { chat } from "./commands/chat.ts";
import { doctor } from "./commands/doctor.ts";
import { exportLog } from "./commands/export.ts";
import { send } from "./commands/send.ts";
import { say, type MessageSource } from "./commands/say.ts";
import { tail } from "./commands/tail.ts";
import { ExitCode } from "./exit-code.ts";
import { writeLine } from "./output.ts";
import { nameOf, roomOf, seqOf, serverOf, waitOf } from "./settings.ts";
import { USAGE, UsageError } from "./usage.ts";

const options = {
  server: { type: "string" },
  name: { type: "string" },
  lines: { type: "boolean" },
  json: { type: "boolean" },
  since: { type: "string" },
  wait: { type: "string" },
  with: { type: "string" },
  message: { type: "string" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
} as const satisfies ParseArgsConfig["options"];

type OptionName = keyof typeof options;

/** The options of each command beside `--server`, and the most words that it takes. */
const commands: Readonly<
  Record<string, { readonly takes: readonly OptionName[]; readonly words: number }>
> = {
  say: { takes: ["name", "lines", "with"], words: Number.POSITIVE_INFINITY },
  send: { takes: ["name", "message"], words: Number.POSITIVE_INFINITY },
  tail: { takes: ["name", "json", "since", "with"], words: 1 },
  chat: { takes: ["name"], words: 1 },
  export: { takes: [], words: 1 },
  doctor: { takes: ["wait"], words: 1 },
};

/**
 * Runs the command of the arguments.
 * @throws UsageError, UnsendableFile
 */
export async function runCommand(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = parsed(args);
  if (values.help) return answer(USAGE);
  if (values.version) return answer(version());
  const [command = "", ...words] = positionals;
  check(command, words, Object.keys(values) as OptionName[]);
  if (command === "doctor") {
    return doctor(serverOf(words[0] ?? values.server), waitOf(values.wait));
  }
  const server = serverOf(values.server);
  const room = roomOf(words[0]);
  const target = { server, room, name: nameOf(values.name) };
  switch (command) {
    case "say":
      return say(target, sourceOf(words.slice(1), values.lines === true), values.with);
    case "send":
      return send(target, words.slice(1), values.message);
    case "tail":
      return tail(target, {
        json: values.json === true,
        since: sinceOf(values.since, values.with),
        whom: values.with,
      });
    case "chat":
      return chat(target);
    default:
      return exportLog(server, room);
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(strangeOption(error, args) ?? error.message);
  }
}

/** Why an option of the command line is refused, if there is none of this name. */
function strangeOption({ message }: TypeError, args: readonly string[]): string | undefined {
  const [, option] = /^Unknown option '(.+?)'/.exec(message) ?? [];
  if (option === undefined) return undefined;
  const why = `There is no option ${option}.`;
  if (!args.includes("say")) return why;
  return `${why} Text that begins with a dash goes after \`--\`: \`parley say ROOM -- ${option}\`.`;
}

function check(command: string, words: readonly string[], given: readonly OptionName[]): void {
  const known = Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (!known) throw new UsageError(command === "" ? "Which command?" : `No command ${command}.`);
  const strange = given.find((name) => name !== "server" && !known.takes.includes(name));
  if (strange) throw new UsageError(`${command} takes no --${strange}.`);
  if (words.length > known.words) throw new UsageError(`${command} takes no ${words.at(-1)}.`);
}

function sourceOf(words: readonly string[], isLines: boolean): MessageSource {
  if (words.length === 0) return { is: isLines ? "lines" : "input" };
  if (isLines) throw new UsageError("--lines reads standard input: give no text.");
  return { is: "text", text: words.join(" ") };
}

/** A conversation is read from its last messages on. */
function sinceOf(since: string | undefined, whom: string | undefined): number | undefined {
  if (since === undefined || whom === undefined) return seqOf(since);
  throw new UsageError("--with and --since do not go together.");
}

function answer(text: string): ExitCode {
  writeLine(text);
  return ExitCode.done;
}

function version(): string {
  const file = new URL("../package.json", import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { readonly version: string }).version;
}
