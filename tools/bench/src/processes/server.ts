import { connect } from "node:net";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Child } from "@parley/testkit/child";
import { makeTemporaryFolder, removeTemporaryFolder } from "@parley/testkit/temporary-folder";
import { RedisServer } from "@parley/testkit/redis-server";
import { freePort } from "@parley/testkit/ports";
import { probe } from "@parley/testkit/probe";
import type { Deployment } from "./deployment.ts";
import { collectGarbage } from "./garbage.ts";
import { nodeChild } from "./node-child.ts";
import type { Subject } from "./subject.ts";
import { throwUnlessSystem } from "@parley/testkit/system-error";

/** Beside the sources, so that it is on a disk: /tmp may be memory, where nothing is durable. */
const RESULTS = fileURLToPath(new URL("../../results/", import.meta.url));

/** One process of a server: its port, and that of its inspector. */
interface Node {
  readonly port: number;
  readonly inspectorPort: number;
  /** The core to pin it to; undefined leaves that to the system. */
  readonly core: number | undefined;
}

/** The nodes of a measured server, and the Redis that they share, if they do. */
export class Server {
  readonly #nodes: readonly Node[];
  readonly #subject: Subject;
  readonly #dataDir: string;
  readonly #redis: RedisServer | undefined;
  #children: readonly Child[] = [];
  #startedInMs = 0;

  private constructor(
    subject: Subject,
    nodes: readonly Node[],
    dataDir: string,
    redis: RedisServer | undefined,
  ) {
    this.#subject = subject;
    this.#nodes = nodes;
    this.#dataDir = dataDir;
    this.#redis = redis;
  }

  /**
   * Starts it with empty data, and waits until it listens.
   * @param cores for the nodes in turn; none leaves that to the system
   */
  static async start(
    subject: Subject,
    cores: readonly number[],
    { nodes: count, by }: Deployment,
  ): Promise<Server> {
    const dataDir = await makeTemporaryFolder("data", RESULTS);
    const nodes: Node[] = [];
    for (let place = 0; place < count; place += 1) {
      const core = cores[place % cores.length];
      nodes.push({ port: await freePort(), inspectorPort: await freePort(), core });
    }
    const redis = by === "redis" ? await RedisServer.start("--dir", dataDir) : undefined;
    const server = new Server(subject, nodes, dataDir, redis);
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

  /** The pids of the Redis that stores everything; none if the server stores it itself. */
  get storePids(): readonly number[] {
    return this.#redis ? [this.#redis.pid] : [];
  }

  /** How long the last start took until it listened, in ms. */
  get startedInMs(): number {
    return this.#startedInMs;
  }

  /** Why it ended by itself; undefined while it runs. */
  get downfall(): string | undefined {
    const ended = this.#children.find((child) => !child.isRunning);
    return ended && (ended.output.trim() || "without a word");
  }

  /** Starts it on the same ports with its stored data; rejects if it does not listen. */
  async startAgain(): Promise<void> {
    const { title, readyPath } = this.#subject;
    const from = performance.now();
    this.#children = this.#nodes.map(({ port, inspectorPort, core }) =>
      nodeChild({
        file: this.#subject.file,
        flags: [`--inspect-port=127.0.0.1:${inspectorPort}`],
        core,
        env: {
          PORT: `${port}`,
          ...this.#subject.env(this.#dataDir),
          ...(this.#redis ? { REDIS_URL: this.#redis.url } : {}),
        },
      }),
    );
    for (const [place, child] of this.#children.entries()) {
      const port = this.ports[place] ?? 0;
      await child.ready(title, () => accepts(port));
    }
    this.#startedInMs = performance.now() - from;
    // A server that listens may still be connecting to its Redis.
    if (readyPath === undefined) return;
    for (const [place, child] of this.#children.entries()) {
      const url = `http://127.0.0.1:${this.ports[place]}${readyPath}`;
      await child.ready(title, async () => (await probe(url))?.isOk === true);
    }
  }

  /** Makes all nodes collect their garbage; returns false if one did not. */
  async collectGarbage(): Promise<boolean> {
    const done = await Promise.all(
      this.#nodes.map(({ inspectorPort }, place) =>
        collectGarbage(this.pids[place] ?? 0, inspectorPort),
      ),
    );
    return done.every(Boolean);
  }

  /** Kills it like `kill -9`. Its stored data stays. */
  async kill(): Promise<void> {
    await Promise.all(this.#children.map((child) => child.end("SIGKILL")));
  }

  /** Kills it and removes its stored data. */
  async end(): Promise<void> {
    await this.kill();
    await this.#redis?.stop();
    await removeTemporaryFolder(this.#dataDir);
  }
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch (error) {
    throwUnlessSystem(error);
    return false;
  } finally {
    socket.destroy();
  }
}
