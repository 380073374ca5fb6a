import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { holds, within } from "./waiting.ts";

/** How much of a process's output is kept, in characters; the end says why it ended. */
const OUTPUT_CHARS_MAX = 1_000_000;
/** From start to ready, in ms. It detects a hang: a busy machine may take long. */
const READY_WITHIN_MS = 120_000;
/** Between two checks whether it is ready, in ms. */
const LOOK_EVERY_MS = 10;
/** How long an orderly end may take, in ms, before the process is killed; it takes at most 10 s. */
const STOP_WITHIN_MS = 30_000;
/** How long a process that ends by itself may take, in ms. */
const ENDED_WITHIN_MS = 30_000;

/** The running processes: none outlives this process. */
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** Makes SIGINT and SIGTERM exit this process in order, so that its children end, too. */
export function exitOnSignals(): void {
  process.once("SIGINT", () => process.exit(130));
  process.once("SIGTERM", () => process.exit(143));
}

export interface ChildOptions {
  /** The whole environment; by default that of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** How messages to and from it are serialised; by default it has no channel. */
  readonly messages?: "json" | "advanced";
}

/** A child process. It does not outlive this process, and its output is kept. */
export class Child {
  readonly process: ChildProcess;
  /**
   * Resolves with its exit code when it has ended and all output has arrived; null after a signal.
   */
  readonly closed: Promise<number | null>;
  #output = "";

  constructor(
    command: string,
    args: readonly string[],
    { env = process.env, messages }: ChildOptions = {},
  ) {
    this.process = spawn(command, args, {
      env,
      stdio: ["ignore", "pipe", "pipe", messages ? "ipc" : "ignore"],
      serialization: messages ?? "json",
    });
    running.add(this.process);
    this.process.once("exit", () => running.delete(this.process));
    this.process.on("error", (error) => {
      running.delete(this.process);
      this.#keep(error.message);
    });
    for (const output of [this.process.stdout, this.process.stderr]) {
      output?.setEncoding("utf8").on("data", (text: string) => this.#keep(text));
    }
    this.closed = new Promise((resolve) => {
      this.process.once("close", resolve);
    });
  }

  get pid(): number {
    if (this.process.pid === undefined) throw new Error(`it did not start: ${this.#output}`);
    return this.process.pid;
  }

  get isRunning(): boolean {
    return running.has(this.process);
  }

  /** The end of its output. */
  get output(): string {
    return this.#output;
  }

  /**
   * Waits until it is ready. If it ends or takes too long, kills it and throws with its output.
   * @param what names it in the error
   */
  async ready(
    what: string,
    isReady: () => boolean | Promise<boolean>,
    withinMs: number = READY_WITHIN_MS,
  ): Promise<void> {
    let isUp = false;
    const isOver = async () => {
      isUp = this.isRunning && (await isReady());
      return isUp || !this.isRunning;
    };
    await holds(isOver, withinMs, LOOK_EVERY_MS);
    if (isUp) return;
    await this.end("SIGKILL");
    await this.closed;
    throw new Error(`${what} did not get ready. It wrote:\n${this.#output}`);
  }

  /** Waits until it has ended by itself; returns its exit code and all its output. */
  async ended(): Promise<{ readonly code: number | null; readonly output: string }> {
    const code = await within(this.closed, ENDED_WITHIN_MS, "the end");
    return { code, output: this.#output };
  }

  /** Ends it with a signal, and waits; kills it if that takes too long. */
  async end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    if (!this.isRunning) return;
    const ended = once(this.process, "exit");
    const patience = setTimeout(() => this.process.kill("SIGKILL"), STOP_WITHIN_MS);
    this.process.kill(signal);
    await ended;
    clearTimeout(patience);
  }

  #keep(text: string): void {
    this.#output = (this.#output + text).slice(-OUTPUT_CHARS_MAX);
  }
}
