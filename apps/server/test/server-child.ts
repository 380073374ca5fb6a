import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));

/** The server as it is shipped, in a process of its own, so that its memory can be measured. */
export class ServerChild {
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #dataDir: string;

  /**
   * Starts on a free port.
   * @param env variables as the README has them, beside PORT, HOST and DATA_DIR
   * @param prepare fills the data directory first
   */
  static async start(
    env: Record<string, string>,
    prepare: (dataDir: string) => Promise<void>,
  ): Promise<ServerChild> {
    const dataDir = await mkdtemp(join(tmpdir(), "parley-child-"));
    await prepare(dataDir);
    const child = spawn(process.execPath, [MAIN], {
      env: { ...env, PORT: "0", HOST: "127.0.0.1", DATA_DIR: dataDir, LOG_LEVEL: "warn" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    for await (const text of child.stdout.setEncoding("utf8")) {
      output += String(text);
      const port = Number(/localhost:(\d+)/.exec(output)?.[1]);
      if (port > 0) return new ServerChild(child, port, dataDir);
    }
    throw new Error("The server ended before it was open.");
  }

  private constructor(child: ChildProcess, port: number, dataDir: string) {
    this.#child = child;
    this.port = port;
    this.#dataDir = dataDir;
  }

  /** What /metrics says of one number. */
  async metric(name: string): Promise<number> {
    const text = await (await fetch(`http://127.0.0.1:${this.port}/metrics`)).text();
    const line = text.split("\n").find((line) => line.startsWith(`${name} `));
    if (!line) throw new Error(`There is no metric ${name}.`);
    return Number(line.slice(name.length + 1));
  }

  /** The memory of the process, in MB. */
  async memory(): Promise<number> {
    return (await this.metric("process_resident_memory_bytes")) / 1e6;
  }

  /** Ends it, and removes its data. */
  async dispose(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = once(this.#child, "exit");
      this.#child.kill("SIGKILL");
      await ended;
    }
    await rm(this.#dataDir, { recursive: true, force: true });
  }
}
