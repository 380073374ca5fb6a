import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";

/** The repository's folder; every command starts there. */
export const ROOT = join(import.meta.dirname, "..");

/** Where programs keep what Node compiled, for the next start. */
const COMPILE_CACHE = join(ROOT, "node_modules/.cache/node");

/** How long a command may take to end after SIGTERM before it is killed, in ms. */
const GRACE_MS = 5_000;
/** How much output of a command is kept, in characters; the end says what went wrong. */
const OUTPUT_CHARS_MAX = 200_000;

export interface ProgramCall {
  /** The program and its arguments; programs of node_modules/.bin come first. */
  readonly line: readonly [string, ...string[]];
  /** After this many ms it is ended, and counts as failed. */
  readonly withinMs: number;
  /** `live` shows the output as it comes; `kept` only returns it. */
  readonly output: "live" | "kept";
  readonly env?: Readonly<Record<string, string>>;
}

export interface Ending {
  readonly ok: boolean;
  /** Why it failed, in a few words; empty if it did not. */
  readonly why: string;
  /** Its output, if that was kept. */
  readonly output: string;
}

/** The running process groups, by the pid of their leader. */
const running = new Set<number>();

/**
 * Runs a command to its end, in its own process group, so that none of its children stays. Never
 * rejects: a program that is missing, fails or takes too long is reported in the result.
 */
export function run({ line, withinMs, output, env = {} }: ProgramCall): Promise<Ending> {
  const { promise, resolve } = Promise.withResolvers<Ending>();
  const [program, ...args] = line;
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { NODE_COMPILE_CACHE: COMPILE_CACHE, ...process.env, PATH: pathWithBin(), ...env },
    stdio: output === "live" ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const { pid } = child;
  if (pid !== undefined) begin(pid);
  let written = "";
  let tooLong = false;
  const keep = (text: string) => {
    written = (written + text).slice(-OUTPUT_CHARS_MAX);
  };
  child.stdout?.setEncoding("utf8").on("data", keep);
  child.stderr?.setEncoding("utf8").on("data", keep);
  const patience = setTimeout(() => {
    tooLong = true;
    if (pid !== undefined) endGroup(pid, "SIGTERM");
    setTimeout(() => pid !== undefined && endGroup(pid, "SIGKILL"), GRACE_MS).unref();
  }, withinMs);

  const end = (why: string) => {
    clearTimeout(patience);
    if (pid !== undefined) forget(pid);
    resolve({ ok: why === "", why, output: written });
  };
  child.once("error", (error) => {
    end(error.message);
  });
  child.once("close", (code, signal) => {
    if (tooLong) end(`not done within ${withinMs / 1_000} s`);
    else if (signal) end(`ended by ${signal}`);
    else end(code === 0 ? "" : `exit code ${code}`);
  });
  return promise;
}

/**
 * Handles signals only while a command runs, because a server started later has its own handlers.
 */
function begin(pid: number): void {
  if (running.size === 0) process.on("SIGINT", endAll).on("SIGTERM", endAll);
  running.add(pid);
}

function forget(pid: number): void {
  running.delete(pid);
  if (running.size === 0) process.off("SIGINT", endAll).off("SIGTERM", endAll);
}

function endAll(signal: NodeJS.Signals): void {
  for (const pid of running) endGroup(pid, "SIGTERM");
  process.exit(signal === "SIGINT" ? 130 : 143);
}

function pathWithBin(): string {
  return [join(ROOT, "node_modules/.bin"), process.env["PATH"]].join(delimiter);
}

function endGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // It ended by itself meanwhile.
    if (!(error instanceof Error && "code" in error)) throw error;
  }
}
