import { cp, rm } from "node:fs/promises";
import { createClient } from "redis";
import { Child } from "./child.ts";
import { freePort } from "./ports.ts";
import { makeTemporaryFolder, removeTemporaryFolder } from "./temporary-folder.ts";

const PROGRAM = process.env["REDIS_SERVER_PATH"] ?? "redis-server";

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
  #child: Child | undefined;

  private constructor(port: number, directory: string, options: readonly string[]) {
    this.port = port;
    this.#directory = directory;
    this.#options = options;
  }

  /** @param options further settings, as on its command line */
  static async start(...options: string[]): Promise<RedisServer> {
    const directory = await makeTemporaryFolder("redis");
    const server = new RedisServer(await freePort(), directory, options);
    await server.start();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** The process that runs now; throws where none does. */
  get pid(): number {
    if (!this.#child?.isRunning) throw new Error("redis-server does not run");
    return this.#child.pid;
  }

  /** Starts it, again after `kill`, with what it kept. */
  async start(): Promise<void> {
    const line = ["--port", String(this.port), "--bind", "127.0.0.1", "--dir", this.#directory];
    line.push("--save", "", "--appendonly", "yes", "--appendfsync", "always");
    line.push("--repl-diskless-sync-delay", "0", ...this.#options);
    const child = new Child(PROGRAM, line);
    this.#child = child;
    await child.ready("redis-server", () => child.output.includes("Ready to accept connections"));
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
    await this.#child?.end("SIGKILL");
  }

  /** Copies what it kept, while it does not run, as a backup of its folder would. */
  async copyKept(): Promise<Kept> {
    const copy = await makeTemporaryFolder("redis-kept");
    await cp(this.#directory, copy, { recursive: true });
    return {
      // What was written since is gone, files of later generations with it.
      putBack: async () => {
        await rm(this.#directory, { recursive: true, force: true });
        await cp(copy, this.#directory, { recursive: true });
      },
      forget: () => removeTemporaryFolder(copy),
    };
  }

  /** Stands still, as behind a network that swallows everything, until `goOn`. */
  standStill(): void {
    this.#child?.process.kill("SIGSTOP");
  }

  goOn(): void {
    this.#child?.process.kill("SIGCONT");
  }

  /** Ends it and forgets all that it kept. */
  async stop(): Promise<void> {
    await this.kill();
    await removeTemporaryFolder(this.#directory);
  }
}
