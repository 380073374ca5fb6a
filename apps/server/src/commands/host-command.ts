import { parseArgs } from "node:util";
import { ConfigError, readConfig, type Config } from "../config.ts";
import { StorageError } from "../backends/sqlite/schema.ts";

const EXIT_USAGE = 2;

/** A command of the host's for messages in SQLite that takes one file. */
interface HostCommand {
  /** As it is typed after `pnpm`. */
  readonly name: string;
  /** What it does, in a sentence. */
  readonly about: string;
  /** Gives lines for standard output; an error that the host cannot mend is a bug, and is thrown. */
  readonly run: (file: string, config: Config) => Promise<readonly string[]>;
}

/**
 * Runs a command: writes what it gives to standard output, or why it cannot be done to standard
 * error, with exit code 2.
 * @param args what follows the command; `--` goes before a file whose name begins with a dash
 */
export async function runHostCommand(
  { name, about, run }: HostCommand,
  args: readonly string[],
): Promise<void> {
  const usage = `Usage: pnpm ${name} FILE`;
  try {
    const asked = read(args);
    const lines = asked.is === "help" ? [usage, "", about] : await run(asked.file, sqliteConfig());
    process.stdout.write(lines.map((line) => `${line}\n`).join(""));
  } catch (error) {
    if (!(error instanceof UsageError) && !isHosts(error)) throw error;
    const hint = error instanceof UsageError ? ` ${usage}` : "";
    process.stderr.write(`${error.message}${hint}\n`);
    process.exitCode = EXIT_USAGE;
  }
}

class UsageError extends Error {}

/** The configuration of a server with SQLite. Throws ConfigError. */
function sqliteConfig(): Config {
  const config = readConfig(process.env);
  if (!config.redis) return config;
  throw new ConfigError(
    "REDIS_URL is set, so the messages are in Redis: copy the files of Redis (docs/deployment.md).",
  );
}

type Asked = { readonly is: "help" } | { readonly is: "file"; readonly file: string };

/** @throws UsageError */
function read(args: readonly string[]): Asked {
  const { tokens } = parseArgs({ args: [...args], strict: false, tokens: true });
  const options = tokens.flatMap((token) => (token.kind === "option" ? [token.rawName] : []));
  if (options.some((option) => option === "--help" || option === "-h")) return { is: "help" };
  if (options[0] !== undefined) throw new UsageError(`There is no option ${options[0]}.`);
  const [file, another] = tokens.flatMap((token) =>
    token.kind === "positional" ? [token.value] : [],
  );
  if (file === undefined || another !== undefined) throw new UsageError("Name one file.");
  return { is: "file", file };
}

/** The configuration, the storage, or the system (a full disk, a file that may not be read). */
function isHosts(error: unknown): error is Error {
  if (error instanceof StorageError || error instanceof ConfigError) return true;
  return error instanceof Error && ("syscall" in error || "errcode" in error);
}
