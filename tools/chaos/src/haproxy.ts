import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@parley/testkit/ports";
import { pause } from "./patience.ts";

const PROGRAM = "haproxy";
/** The file that a host would use. */
const CONFIG = new URL("../../../deploy/haproxy.cfg", import.meta.url);
/** From start until it knows which servers are ready, in ms. */
const READY_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 50;

/** Those that run now: none outlives this process. */
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** The real HAProxy in front of servers, with the settings of deploy/haproxy.cfg. */
export class Haproxy {
  readonly #port: number;
  readonly #folder: string;
  readonly #process: ChildProcess;
  #output = "";

  private constructor(port: number, folder: string, process: ChildProcess) {
    this.#port = port;
    this.#folder = folder;
    this.#process = process;
    running.add(process);
    process.once("exit", () => running.delete(process));
    process.on("error", (error) => this.#keep(error.message));
    for (const output of [process.stdout, process.stderr]) {
      output?.setEncoding("utf8").on("data", (text: string) => this.#keep(text));
    }
  }

  /** Whether there is one on this machine. */
  static isPossible(): boolean {
    return spawnSync(PROGRAM, ["-v"], { stdio: "ignore" }).status === 0;
  }

  /** @param targets ports of 127.0.0.1 */
  static async start(targets: readonly number[]): Promise<Haproxy> {
    const port = await freePort();
    const folder = await mkdtemp(join(tmpdir(), "parley-haproxy-"));
    const file = join(folder, "haproxy.cfg");
    await writeFile(file, adapted(await readFile(CONFIG, "utf8"), port, targets));
    const child = spawn(PROGRAM, ["-db", "-f", file], { stdio: ["ignore", "pipe", "pipe"] });
    const haproxy = new Haproxy(port, folder, child);
    await haproxy.#ready();
    return haproxy;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.#port}/ws`;
  }

  async close(): Promise<void> {
    if (running.has(this.#process)) {
      const ended = once(this.#process, "exit");
      this.#process.kill("SIGKILL");
      await ended;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #ready(): Promise<void> {
    const end = performance.now() + READY_WITHIN_MS;
    while (performance.now() < end && this.#process.exitCode === null) {
      const answer = await fetch(`http://127.0.0.1:${this.#port}/readyz`).catch(() => undefined);
      await answer?.body?.cancel();
      if (answer?.ok) return;
      await pause(LOOK_EVERY_MS);
    }
    await this.close();
    throw new Error(`HAProxy did not get ready. It wrote:\n${this.#output}`);
  }

  #keep(text: string): void {
    this.#output += text;
  }
}

/** The same settings on this port, for these servers, and for as many sockets as a test has. */
export function adapted(config: string, port: number, targets: readonly number[]): string {
  const servers = targets.map((target, n) => `    server parley${n + 1} 127.0.0.1:${target}`);
  return config
    .replace(/^ {4}maxconn \d+$/m, "    maxconn 1000")
    .replace(/^ {4}bind :\d+$/m, `    bind 127.0.0.1:${port}`)
    .replace(/^( {4}server parley\d+ .*\n?)+/m, `${servers.join("\n")}\n`);
}
