import { createHash } from "node:crypto";
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { asksForSocket } from "./tcp-proxy.ts";

/**
 * Which server is tried first: `in-turn` goes round, so that nobody returns to the same server;
 * `fewest-sockets` keeps the servers even; `by-shard` brings the addresses of one shard to one
 * server, by consistent hashing, and takes those without a shard in turn.
 */
type Preference = "in-turn" | "fewest-sockets" | "by-shard";

interface Node {
  readonly port: number;
  sockets: number;
}

/** A TCP balancer in front of several servers. If one refuses, the connection goes to the next. */
export class Balancer {
  readonly #server: Server;
  #nodes: readonly Node[];
  readonly #preference: Preference;
  readonly #clients = new Set<Socket>();
  #turn = 0;

  private constructor(targets: readonly number[], preference: Preference) {
    this.#nodes = targets.map((port) => ({ port, sockets: 0 }));
    this.#preference = preference;
    this.#server = createServer((client) => this.#take(client));
  }

  /**
   * Starts one on a free port of 127.0.0.1.
   * @param targets ports of 127.0.0.1
   */
  static async start(
    targets: readonly number[],
    preference: Preference = "in-turn",
  ): Promise<Balancer> {
    const balancer = new Balancer(targets, preference);
    balancer.#server.listen(0, "127.0.0.1");
    await once(balancer.#server, "listening");
    return balancer;
  }

  /** The address of the servers' pages. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** The address of the servers' WebSockets. */
  get socketUrl(): string {
    return `ws://127.0.0.1:${this.#port}/ws`;
  }

  /** Leads to one server more; who is connected stays. */
  add(port: number): void {
    this.#nodes = [...this.#nodes, { port, sockets: 0 }];
  }

  /** Does not lead to a server any more; who is connected to it stays. */
  remove(port: number): void {
    this.#nodes = this.#nodes.filter((node) => node.port !== port);
  }

  /** Cuts the connections that `which` picks; the others stay. */
  cut(which: () => boolean): void {
    for (const client of this.#clients) if (which()) client.destroy();
  }

  /** How many WebSockets each server has through it. */
  sockets(): readonly number[] {
    return this.#nodes.map(({ sockets }) => sockets);
  }

  async close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const client of this.#clients) client.destroy();
    await closed;
  }

  get #port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  #take(client: Socket): void {
    client.on("error", () => {});
    client.setNoDelay(true);
    this.#clients.add(client);
    client.once("close", () => this.#clients.delete(client));
    client.once("data", (first: Buffer) => {
      client.pause();
      this.#join(client, first, this.#inOrder(shardIn(first)));
    });
  }

  /** All servers, in the order in which they are tried. */
  #inOrder(shard: string | undefined): readonly Node[] {
    if (this.#preference === "by-shard" && shard !== undefined) {
      return this.#nodes.toSorted((a, b) => weight(shard, a).localeCompare(weight(shard, b)));
    }
    if (this.#preference === "fewest-sockets") {
      return this.#nodes.toSorted((a, b) => a.sockets - b.sockets);
    }
    this.#turn = (this.#turn + 1) % this.#nodes.length;
    return [...this.#nodes.slice(this.#turn), ...this.#nodes.slice(0, this.#turn)];
  }

  #join(client: Socket, first: Buffer, [node, ...others]: readonly Node[]): void {
    if (!node) {
      client.resetAndDestroy();
      return;
    }
    const server = connect(node.port, "127.0.0.1");
    server.setNoDelay(true);
    const onRefused = () => this.#join(client, first, others);
    server.once("error", onRefused);
    server.once("connect", () => {
      server.off("error", onRefused).on("error", () => {});
      const sockets = asksForSocket(first) ? 1 : 0;
      node.sockets += sockets;
      server.once("close", () => {
        node.sockets -= sockets;
        client.destroy();
      });
      client.once("close", () => server.destroy());
      if (client.destroyed) {
        server.destroy();
        return;
      }
      server.write(first);
      client.pipe(server).pipe(client);
    });
  }
}

/** The shard in the address of a request. */
function shardIn(first: Buffer): string | undefined {
  return /^\S+ \S*[?&]r=(\w+)/.exec(first.toString("latin1"))?.[1];
}

/** A server's place for a shard (rendezvous hashing): another server more or less changes few. */
function weight(shard: string, { port }: Node): string {
  return createHash("sha1").update(`${shard} ${port}`).digest("hex");
}
