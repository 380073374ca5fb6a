import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@parley/testkit/ports";
import { createClient } from "redis";

/** How long Redis may take to start, in ms; a busy machine takes long. */
const START_WITHIN_MS = 30_000;
const PROGRAM = process.env["REDIS_SERVER_PATH"] ?? "redis-server";

/** Those that run now: none outlives this process. */
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** A copy of what a Redis kept; it is put back while that one does not run. */
export interface Kept {
  putBack(): Promise<void>;
  forget(): Promise<void>;
}

/** A Redis of a test's own, on a free port, that keeps every write (`appendfsync always`). */
export class RedisServer {
  readonly port: number;
  readonly #directory: string;
  readonly #options: readonly string[];
  #process: ChildProcess | undefined;

  private constructor(port: number, directory: string, options: readonly string[]) {
    this.port = port;
    this.#directory = directory;
    this.#options = options;
  }

  /** @param options further settings, as on its command line */
  static async start(...options: string[]): Promise<RedisServer> {
    const directory = await mkdtemp(join(tmpdir(), "parley-redis-"));
    const server = new RedisServer(await freePort(), directory, options);
    await server.start();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** The process that runs now; throws where none does. */
  get pid(): number {
    const pid = this.#process?.pid;
    if (pid === undefined) throw new Error("redis-server does not run");
    return pid;
  }

  /** Starts it, again after `kill`, with what it kept. */
  async start(): Promise<void> {
    const line = ["--port", String(this.port), "--bind", "127.0.0.1", "--dir", this.#directory];
    line.push("--save", "", "--appendonly", "yes", "--appendfsync", "always");
    line.push("--repl-diskless-sync-delay", "0", ...this.#options);
    const child = spawn(PROGRAM, line, { stdio: ["ignore", "pipe", "pipe"] });
    this.#process = child;
    running.add(child);
    child.once("exit", () => running.delete(child));
    let output = "";
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`redis-server ended:\n${output}`)));
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (output.includes("Ready to accept connections")) resolve();
    });
    const patience = setTimeout(() => reject(new Error(`no Redis:\n${output}`)), START_WITHIN_MS);
    await promise.finally(() => clearTimeout(patience));
  }

  /** Says something to it, past the server that is tested. */
  async command(...words: string[]): Promise<unknown> {
    const client = createClient({ url: this.url });
    // What it was asked rejects, which says the same.
    client.on("error", () => {});
    await client.connect();
    try {
      return await client.sendCommand<unknown>(words);
    } finally {
      client.destroy();
    }
  }

  /** Ends it as a power cut of the process would; what it kept stays. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** Copies what it kept, while it does not run, as a backup of its folder would. */
  async copyKept(): Promise<Kept> {
    const copy = await mkdtemp(join(tmpdir(), "parley-redis-kept-"));
    await cp(this.#directory, copy, { recursive: true });
    return {
      // What was written since is gone, files of later generations with it.
      putBack: async () => {
        await rm(this.#directory, { recursive: true, force: true });
        await cp(copy, this.#directory, { recursive: true });
      },
      forget: () => rm(copy, { recursive: true, force: true }),
    };
  }

  /** Stands still, as behind a network that swallows everything, until `goOn`. */
  standStill(): void {
    this.#process?.kill("SIGSTOP");
  }

  goOn(): void {
    this.#process?.kill("SIGCONT");
  }

  /** Ends it and forgets all that it kept. */
  async stop(): Promise<void> {
    await this.#end("SIGKILL");
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  }
}
