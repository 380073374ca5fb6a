import { once } from "node:events";
import type { Serializable } from "node:child_process";
import { Child } from "./child.ts";
import { freePort } from "./ports.ts";
import { probe } from "./probe.ts";
import { makeTemporaryFolder, removeTemporaryFolder } from "./temporary-folder.ts";
import { within } from "./waiting.ts";

/** How long an answer to a message may take, in ms. */
const ANSWER_WITHIN_MS = 30_000;

export interface ServerSettings {
  /** The file that Node runs: the shipped server, or one with the same variables. */
  readonly main: string;
  /** Variables of the README, beside PORT, HOST and DATA_DIR. */
  readonly env?: Readonly<Record<string, string>>;
  /** The data directory; by default a new temporary folder, which is removed at the end. */
  readonly dataDir?: string;
}

/** A real server process with its own port on 127.0.0.1 and its own data. */
export class ServerProcess {
  readonly port: number;
  /** The data directory. */
  readonly dataDir: string;
  readonly #main: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #ownsData: boolean;
  #child: Child | undefined;
  /** The output of earlier processes. */
  #outputBefore = "";

  private constructor(port: number, dataDir: string, settings: ServerSettings) {
    this.port = port;
    this.dataDir = dataDir;
    this.#main = settings.main;
    this.#ownsData = settings.dataDir === undefined;
    this.#env = {
      PATH: process.env["PATH"] ?? "",
      NODE_ENV: "production",
      LIMITS: "off",
      LOG_LEVEL: "warn",
      ...settings.env,
      HOST: "127.0.0.1",
      PORT: `${port}`,
      DATA_DIR: dataDir,
    };
  }

  /** Starts a server without rate limits on a free port, and waits until it is ready. */
  static async start(settings: ServerSettings): Promise<ServerProcess> {
    const dataDir = settings.dataDir ?? (await makeTemporaryFolder("server"));
    const server = new ServerProcess(await freePort(), dataDir, settings);
    await server.start();
    return server;
  }

  /** The address of its pages, such as `http://127.0.0.1:4711`. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The address of its WebSockets. */
  get socketUrl(): string {
    return `ws://127.0.0.1:${this.port}/ws`;
  }

  /** The pid of the running process; throws while it is down. */
  get pid(): number {
    return this.#up().pid;
  }

  /** Its output so far, of all its processes. */
  get output(): string {
    return this.#outputBefore + (this.#child?.output ?? "");
  }

  /** Starts it on the same port and data, without waiting. It must be down. */
  launch(): void {
    if (this.#child?.isRunning) throw new Error("the server is up");
    this.#outputBefore = this.output;
    this.#child = new Child(process.execPath, [this.#main], { env: this.#env, messages: "json" });
  }

  /** Starts it on the same port and data if it is down, and waits until it accepts connections. */
  async start(): Promise<void> {
    if (this.#child?.isRunning) return;
    this.launch();
    await this.#up().ready("The server", async () => {
      const answer = await probe(`${this.url}/readyz`);
      // A server with a full disk accepts connections, too.
      return answer !== undefined && (answer.isOk || answer.text.includes("disk_full"));
    });
  }

  /** Ends it with SIGKILL, so that it cannot clean up. */
  async kill(): Promise<void> {
    await this.#child?.end("SIGKILL");
  }

  /** Ends it in order, as a host would. */
  async stop(): Promise<void> {
    await this.#child?.end("SIGTERM");
  }

  /** Waits until it has ended by itself; returns its exit code and the output of this process. */
  ended(): Promise<{ readonly code: number | null; readonly output: string }> {
    if (!this.#child) throw new Error("the server never ran");
    return this.#child.ended();
  }

  /** Ends it, and removes its data unless the test gave the directory. */
  async dispose(): Promise<void> {
    await this.kill();
    if (this.#ownsData) await removeTemporaryFolder(this.dataDir);
  }

  /** Sends a message to its process, and waits for the next one back. */
  async ask(message: Serializable): Promise<unknown> {
    const { process } = this.#up();
    const answer = once(process, "message");
    process.send(message);
    const [first] = (await within(answer, ANSWER_WITHIN_MS, "an answer")) as [unknown];
    return first;
  }

  /** The value of one of its metrics. */
  async metric(name: string): Promise<number> {
    return readMetric(this.url, name);
  }

  #up(): Child {
    if (!this.#child?.isRunning) throw new Error("the server is down");
    return this.#child;
  }
}

/** Reads the value of one metric from `/metrics` of a server. */
export async function readMetric(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text.split("\n").find((line) => line.startsWith(`${name} `));
  if (!line) throw new Error(`There is no metric ${name}.`);
  return Number(line.slice(name.length + 1));
}
