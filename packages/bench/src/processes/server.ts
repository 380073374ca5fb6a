import { rmSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Child } from "./child.ts";
import { collectGarbage } from "./garbage.ts";
import { freePort, listening } from "./ports.ts";
import type { Subject } from "./subject.ts";

/** Beside the sources, so that it is on a disk: /tmp may be memory, where nothing is durable. */
const DATA_ROOT = fileURLToPath(new URL("../../results/", import.meta.url));
/** Folders to be removed when this process ends before they were. */
const dataDirs = new Set<string>();
process.once("exit", () => {
  for (const folder of dataDirs) rmSync(folder, { recursive: true, force: true });
});
/** How long a server may take until it listens, in ms. */
const STARTED_WITHIN_MS = 15_000;

/** One process of a server: where it listens, and where its inspector would. */
interface Node {
  readonly port: number;
  readonly inspectorPort: number;
}

/** The nodes of a server under measurement; one as yet, and everything asks for all of them. */
export class Server {
  readonly #nodes: readonly Node[];
  readonly #subject: Subject;
  readonly #core: number | undefined;
  readonly #dataDir: string;
  #children: readonly Child[] = [];
  #startedInMs = 0;

  private constructor(
    subject: Subject,
    core: number | undefined,
    nodes: readonly Node[],
    dataDir: string,
  ) {
    this.#subject = subject;
    this.#core = core;
    this.#nodes = nodes;
    this.#dataDir = dataDir;
  }

  /** Starts it, with nothing stored, and waits until it listens. */
  static async start(subject: Subject, core: number | undefined): Promise<Server> {
    await mkdir(DATA_ROOT, { recursive: true });
    const dataDir = await mkdtemp(join(DATA_ROOT, "data-"));
    dataDirs.add(dataDir);
    const node = { port: await freePort(), inspectorPort: await freePort() };
    const server = new Server(subject, core, [node], dataDir);
    try {
      await server.startAgain();
      return server;
    } catch (error) {
      await server.end();
      throw error;
    }
  }

  get ports(): readonly number[] {
    return this.#nodes.map(({ port }) => port);
  }

  get pids(): readonly number[] {
    return this.#children.map(({ pid }) => pid);
  }

  /** How long the last start took until it listened, in ms. */
  get startedInMs(): number {
    return this.#startedInMs;
  }

  /** Why it ended by itself; undefined while it runs. */
  get downfall(): string | undefined {
    const ended = this.#children.find((child) => !child.isRunning);
    return ended && (ended.words || "without a word");
  }

  /** Starts it on the same ports with what it has stored; rejects where it does not listen. */
  async startAgain(): Promise<void> {
    const from = performance.now();
    this.#children = this.#nodes.map(
      ({ port, inspectorPort }) =>
        new Child({
          file: this.#subject.file,
          flags: [`--inspect-port=127.0.0.1:${inspectorPort}`],
          core: this.#core,
          talks: false,
          env: { PORT: `${port}`, ...this.#subject.env(this.#dataDir) },
        }),
    );
    for (const [place, child] of this.#children.entries()) {
      const port = this.ports[place] ?? 0;
      if (await listening(port, STARTED_WITHIN_MS, () => !child.isRunning)) continue;
      throw new Error(`${this.#subject.title} does not listen: ${child.words}`);
    }
    this.#startedInMs = performance.now() - from;
  }

  /** Makes all nodes collect their garbage; false where one did not. */
  async collectGarbage(): Promise<boolean> {
    const done = await Promise.all(
      this.#nodes.map(({ inspectorPort }, place) =>
        collectGarbage(this.pids[place] ?? 0, inspectorPort),
      ),
    );
    return done.every(Boolean);
  }

  /** Kills it as `kill -9` does. What it stored stays. */
  async kill(): Promise<void> {
    await Promise.all(this.#children.map((child) => child.kill()));
  }

  /** Kills it and removes what it stored. */
  async end(): Promise<void> {
    await this.kill();
    await rm(this.#dataDir, { recursive: true, force: true });
    dataDirs.delete(this.#dataDir);
  }
}
