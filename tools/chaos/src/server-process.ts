import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "@parley/testkit/ports";
import type { Answer, Lag, Order } from "./bad-day.ts";
import { pause, within } from "./patience.ts";

/** From start to ready, in ms. */
const READY_WITHIN_MS = 60_000;
/** Between two looks whether it is ready, in ms. */
const LOOK_EVERY_MS = 10;
/** An ordered end takes at most 10 s; after this many ms it is killed. */
const STOP_WITHIN_MS = 12_000;
/** How long it may take until it ends by itself, in ms. */
const ENDED_WITHIN_MS = 30_000;
/** How long an order may take, in ms. */
const OBEY_WITHIN_MS = 30_000;

/** The programs that can be started: the server as it is shipped, or one with bad days. */
const PROGRAMS = {
  server: fileURLToPath(new URL("../../../apps/server/src/main.ts", import.meta.url)),
  "bad-day": fileURLToPath(new URL("./bad-day-server.ts", import.meta.url)),
} as const;

export interface ServerSettings {
  readonly program?: keyof typeof PROGRAMS;
  /** Variables as the README has them, beside PORT, HOST and DATA_DIR. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where it keeps its data; by default a new temporary directory that goes with it. */
  readonly dataDir?: string;
}

/** Processes that run now, and temporary data: neither outlives this process. */
const running = new Set<ChildProcess>();
const temporary = new Set<string>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
  for (const dataDir of temporary) rmSync(dataDir, { recursive: true, force: true });
});

/** A real server in a process of its own, with a port of 127.0.0.1 and data of its own. */
export class ServerProcess {
  readonly port: number;
  /** Where it keeps its data. */
  readonly dataDir: string;
  readonly #program: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #temporary: string | undefined;
  #state: { readonly is: "down" } | { readonly is: "up"; readonly child: ChildProcess } = {
    is: "down",
  };
  #output = "";

  private constructor(port: number, dataDir: string, settings: ServerSettings) {
    const { program = "server", env = {} } = settings;
    this.port = port;
    this.dataDir = dataDir;
    this.#program = PROGRAMS[program];
    this.#temporary = settings.dataDir === undefined ? dataDir : undefined;
    if (this.#temporary !== undefined) temporary.add(this.#temporary);
    this.#env = {
      PATH: process.env["PATH"] ?? "",
      LIMITS: "off",
      LOG_LEVEL: "warn",
      ...env,
      HOST: "127.0.0.1",
      PORT: `${port}`,
      DATA_DIR: dataDir,
    };
  }

  /** Starts a server without rate limits on a free port, and waits until it is ready. */
  static async start(settings: ServerSettings = {}): Promise<ServerProcess> {
    const dataDir = settings.dataDir ?? (await mkdtemp(join(tmpdir(), "parley-chaos-")));
    const server = new ServerProcess(await freePort(), dataDir, settings);
    await server.restart();
    return server;
  }

  /** Where its sockets are. */
  get url(): string {
    return `ws://127.0.0.1:${this.port}/ws`;
  }

  /** The process that runs now; throws where none does. */
  get pid(): number {
    const pid = this.#state.is === "up" ? this.#state.child.pid : undefined;
    if (pid === undefined) throw new Error("the server is down");
    return pid;
  }

  /** Starts it, on the same port and data, without waiting for anything. It has to be down. */
  launch(): void {
    if (this.#state.is === "up") throw new Error("the server is up");
    const child = spawn(process.execPath, [this.#program], {
      env: this.#env,
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#output += text;
    });
    running.add(child);
    child.once("exit", () => running.delete(child));
    this.#state = { is: "up", child };
  }

  /** Waits until it takes connections; throws with what it wrote where it ends or takes too long. */
  async ready(): Promise<void> {
    const end = performance.now() + READY_WITHIN_MS;
    while (this.#state.is === "up" && !hasEnded(this.#state.child) && performance.now() < end) {
      const answer = await fetch(`http://127.0.0.1:${this.port}/readyz`).catch(() => undefined);
      const verdict = await answer?.text();
      // A full disk keeps nobody out.
      if (answer?.ok || verdict?.includes("disk_full")) return;
      await pause(LOOK_EVERY_MS);
    }
    throw new Error(`The server did not get ready. It wrote:\n${this.#output}`);
  }

  /** Starts it again, on the same port and data, and waits until it is ready. It has to be down. */
  async restart(): Promise<void> {
    this.launch();
    await this.ready();
  }

  /** Ends it with SIGKILL: it has no time for anything. */
  kill(): Promise<void> {
    return this.#end("SIGKILL");
  }

  /** Ends it in order, as a host would. */
  stop(): Promise<void> {
    return this.#end("SIGTERM");
  }

  /** Waits until it has ended by itself; gives its exit code and all that it wrote. */
  async ended(): Promise<{ readonly code: number | null; readonly output: string }> {
    if (this.#state.is === "down") throw new Error("the server is down");
    const { child } = this.#state;
    if (!hasEnded(child)) await within(once(child, "close"), ENDED_WITHIN_MS, "the end");
    return { code: child.exitCode, output: this.#output };
  }

  /** Ends it, and removes its data where they were its own. */
  async dispose(): Promise<void> {
    await this.kill();
    if (this.#temporary === undefined) return;
    await rm(this.#temporary, { recursive: true, force: true });
    temporary.delete(this.#temporary);
  }

  /** Gives a bad-day server an order and waits until it is obeyed. */
  async order(order: Exclude<Order, { is: "lag" }>): Promise<void> {
    await this.#ask(order);
  }

  /** How late the event loop of a bad-day server was since the last time. */
  async lag(): Promise<Lag> {
    const answer = await this.#ask({ is: "lag" });
    if (answer.is !== "lag") throw new Error(`asked for the lag and answered ${answer.is}`);
    return answer;
  }

  async #ask(order: Order): Promise<Answer> {
    if (this.#state.is === "down") throw new Error("the server is down");
    const { child } = this.#state;
    const answer = once(child, "message") as Promise<[Answer]>;
    child.send(order);
    return (await within(answer, OBEY_WITHIN_MS, order.is))[0];
  }

  async #end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    if (this.#state.is === "down") return;
    const { child } = this.#state;
    this.#state = { is: "down" };
    if (hasEnded(child)) return;
    const patience = setTimeout(() => child.kill("SIGKILL"), STOP_WITHIN_MS);
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
    clearTimeout(patience);
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
