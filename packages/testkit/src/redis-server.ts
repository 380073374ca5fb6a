import { cp, rm } from "node:fs/promises";
import { createClient } from "@redis/client";
import { Child } from "./child.ts";
import { freePort } from "./ports.ts";
import { makeTemporaryFolder, removeTemporaryFolder } from "./temporary-folder.ts";

const PROGRAM = process.env["REDIS_SERVER_PATH"] ?? "redis-server";

/** A copy of a Redis's data; it is restored while that Redis is stopped. */
export interface RedisCopy {
  restore(): Promise<void>;
  remove(): Promise<void>;
}

/** A Redis for one test, on a free port. It syncs every write to disk (`appendfsync always`). */
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

  /** The pid of the running process; throws if it is stopped. */
  get pid(): number {
    if (!this.#child?.isRunning) throw new Error("redis-server does not run");
    return this.#child.pid;
  }

  /** Starts it, also again after `kill`, with its data. */
  async start(): Promise<void> {
    const line = ["--port", String(this.port), "--bind", "127.0.0.1", "--dir", this.#directory];
    line.push("--save", "", "--appendonly", "yes", "--appendfsync", "always");
    line.push("--repl-diskless-sync-delay", "0", ...this.#options);
    const child = new Child(PROGRAM, line);
    this.#child = child;
    await child.ready("redis-server", () => child.output.includes("Ready to accept connections"));
  }

  /** Sends a command, not through the tested server. */
  async command(...words: string[]): Promise<unknown> {
    const client = createClient({ url: this.url });
    // The pending command rejects with the same error.
    client.on("error", () => {});
    await client.connect();
    try {
      return await client.sendCommand<unknown>(words);
    } finally {
      client.destroy();
    }
  }

  /** Kills its process; its data stays. */
  async kill(): Promise<void> {
    await this.#child?.end("SIGKILL");
  }

  /** Copies its data while it is stopped, like a backup of its folder. */
  async copyData(): Promise<RedisCopy> {
    const copy = await makeTemporaryFolder("redis-copy");
    await cp(this.#directory, copy, { recursive: true });
    return {
      // Removes everything that was written since, including files of later generations.
      restore: async () => {
        await rm(this.#directory, { recursive: true, force: true });
        await cp(copy, this.#directory, { recursive: true });
      },
      remove: () => removeTemporaryFolder(copy),
    };
  }

  /** Stops its process, as behind a network that swallows everything, until `goOn`. */
  standStill(): void {
    this.#child?.process.kill("SIGSTOP");
  }

  goOn(): void {
    this.#child?.process.kill("SIGCONT");
  }

  /** Ends it and deletes its data. */
  async stop(): Promise<void> {
    await this.kill();
    await removeTemporaryFolder(this.#directory);
  }
}
