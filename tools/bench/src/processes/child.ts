import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { TASKSET } from "./cores.ts";

/** How much of what a process writes is kept, in characters, to tell why it ended. */
const WORDS_CHARS_MAX = 4_000;
/** How long a process may take to end after a kill, in ms. */
const ENDED_WITHIN_MS = 5_000;

const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => process.exit(signal === "SIGINT" ? 130 : 143));
}

export interface ChildPlan {
  /** A file that Node runs, and flags for Node in front of it. */
  readonly file: string;
  readonly flags?: readonly string[];
  /** The core it has to keep to; undefined leaves that to the system. */
  readonly core: number | undefined;
  /** Whether messages go to it and come from it. */
  readonly talks: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** A process of this run: it does not outlive it. */
export class Child {
  readonly process: ChildProcess;
  #words = "";

  constructor({ file, flags = [], core, talks, env = {} }: ChildPlan) {
    const node = [process.execPath, ...flags, file];
    const line = core === undefined ? node : [TASKSET, "-c", `${core}`, ...node];
    const [program = process.execPath, ...args] = line;
    this.process = spawn(program, args, {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe", talks ? "ipc" : "ignore"],
      serialization: "advanced",
    });
    running.add(this.process);
    this.process.once("exit", () => running.delete(this.process));
    this.process.on("error", (error) => this.#keep(error.message));
    for (const output of [this.process.stdout, this.process.stderr]) {
      output?.setEncoding("utf8").on("data", (text: string) => this.#keep(text));
    }
  }

  get pid(): number {
    if (this.process.pid === undefined) throw new Error(`it did not start: ${this.#words}`);
    return this.process.pid;
  }

  get isRunning(): boolean {
    return running.has(this.process);
  }

  /** The end of what it wrote. */
  get words(): string {
    return this.#words.trim();
  }

  /** Kills it without a warning, and waits for its end. */
  async kill(): Promise<void> {
    if (!this.isRunning) return;
    const ended = once(this.process, "exit", { signal: AbortSignal.timeout(ENDED_WITHIN_MS) });
    this.process.kill("SIGKILL");
    await ended;
  }

  #keep(text: string): void {
    this.#words = (this.#words + text).slice(-WORDS_CHARS_MAX);
  }
}
