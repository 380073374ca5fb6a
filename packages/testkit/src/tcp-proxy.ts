import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { unreachable } from "@parley/protocol";

/** How one direction of a connection passes bytes on. */
type Flow =
  /** Each piece arrives this much later, in ms; 0 passes it on at once. */
  | { readonly is: "passing"; readonly delayMs: number }
  /** Nothing arrives; it waits here. */
  | { readonly is: "stalled"; readonly held: Buffer[] }
  /** Nothing arrives any more: once a part of a stream is lost, no later part may arrive. */
  | { readonly is: "dropping" };

/** One direction of a connection. Bytes always arrive in order. */
class Pipe {
  readonly #to: Socket;
  #flow: Flow = { is: "passing", delayMs: 0 };
  /** The pieces on their way, and when they arrive by `performance.now()`. */
  readonly #late: { readonly due: number; readonly piece: Buffer }[] = [];

  constructor(from: Socket, to: Socket) {
    this.#to = to;
    from.on("data", (piece: Buffer) => this.#take(piece));
  }

  set(flow: Flow): void {
    const before = this.#flow;
    if (before.is === "dropping") return;
    this.#flow = flow;
    if (before.is === "stalled") for (const piece of before.held) this.#take(piece);
  }

  #take(piece: Buffer): void {
    const flow = this.#flow;
    switch (flow.is) {
      case "passing":
        if (flow.delayMs === 0 && this.#late.length === 0) this.#to.write(piece);
        else this.#passLater(piece, flow.delayMs);
        break;
      case "stalled":
        flow.held.push(piece);
        break;
      case "dropping":
        break;
      default:
        unreachable(flow);
    }
  }

  #passLater(piece: Buffer, delayMs: number): void {
    const due = Math.max(this.#late.at(-1)?.due ?? 0, performance.now() + delayMs);
    this.#late.push({ due, piece });
    if (this.#late.length === 1) this.#wait();
  }

  #wait(): void {
    const [next] = this.#late;
    if (!next) return;
    setTimeout(
      () => {
        this.#late.shift();
        if (this.#flow.is !== "dropping") this.#to.write(next.piece);
        this.#wait();
      },
      Math.max(0, next.due - performance.now()),
    );
  }
}

interface Link {
  readonly up: Pipe;
  readonly down: Pipe;
  /** Resets both ends. */
  reset(): void;
}

/** Which traffic has the faults: all, or only chat traffic, so that pages always load. */
export type Faulty = "all" | "talk";

/** The first bytes of a WebSocket request say so; the connection is never anything else. */
const ASKS_FOR_SOCKET = /^upgrade: websocket\r$/im;

/** Whether the first bytes of a connection ask for a WebSocket. */
export function asksForSocket(first: Buffer): boolean {
  return ASKS_FOR_SOCKET.test(first.toString("latin1"));
}

/**
 * A request of chat traffic: of the API, or the one that checks whether a server answers at all.
 */
const IS_OF_TALK = /^[A-Z]+ \/(api\/|about\.json )/;
const IS_REQUEST = /^[A-Z]+ \/\S* HTTP\/1\.1\r\n/;

function isTalk(piece: Buffer): boolean {
  return asksForSocket(piece) || IS_OF_TALK.test(piece.toString("latin1"));
}

/** A TCP proxy in front of a server that simulates bad networks. */
export class TcpProxy {
  readonly #server: Server;
  #target: number;
  readonly #links = new Set<Link>();
  /** Connections of pages, which no fault reaches. */
  readonly #spared = new Set<Link>();
  #mode: "open" | "refusing" = "open";

  private constructor(target: number, faulty: Faulty) {
    this.#target = target;
    this.#server = createServer((client) => {
      client.on("error", () => {});
      if (faulty === "all") this.#connect(client, this.#links);
      else this.#connectAsAsked(client);
    });
  }

  /**
   * Starts a proxy on a free port of 127.0.0.1.
   * @param target a port of 127.0.0.1
   */
  static async start(target: number, faulty: Faulty = "all"): Promise<TcpProxy> {
    const proxy = new TcpProxy(target, faulty);
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The address of the server's pages through this proxy. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The address of the server's WebSockets through this proxy. */
  get socketUrl(): string {
    return `ws://127.0.0.1:${this.port}/ws`;
  }

  /** How many connections are open. */
  get connections(): number {
    return this.#links.size;
  }

  /** Resets every connection, in both directions. */
  reset(): void {
    for (const link of this.#links) link.reset();
  }

  /** Leads new connections to another server, as when a name or address moves; the others stay. */
  leadTo(target: number): void {
    this.#target = target;
  }

  /** Resets every connection, and all new ones, until `mend`. */
  cut(): void {
    this.#mode = "refusing";
    this.reset();
  }

  mend(): void {
    this.#mode = "open";
  }

  /** Nothing arrives until `over` settles; then everything does, in order. */
  async stall(over: Promise<unknown>): Promise<void> {
    const links = [...this.#links];
    for (const { up, down } of links) {
      up.set({ is: "stalled", held: [] });
      down.set({ is: "stalled", held: [] });
    }
    await over;
    for (const link of links) setBoth(link, 0);
  }

  /**
   * From now on, what the server sends is lost, acknowledgements too; once `over` settles, all is
   * cut.
   */
  async deafen(over: Promise<unknown>): Promise<void> {
    const links = [...this.#links];
    for (const { down } of links) down.set({ is: "dropping" });
    await over;
    for (const link of links) link.reset();
  }

  /** Delays everything on the present connections, in ms; 0 ends it. */
  delay(ms: number): void {
    for (const link of this.#links) setBoth(link, ms);
  }

  async close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const link of [...this.#links, ...this.#spared]) link.reset();
    await closed;
  }

  #connectAsAsked(client: Socket): void {
    client.once("data", (first: Buffer) => {
      client.pause();
      client.unshift(first);
      const link = this.#connect(client, isTalk(first) ? this.#links : this.#spared);
      // Before the piece is passed on: a cut connection must not deliver it.
      if (link) client.prependListener("data", (piece: Buffer) => this.#sort(link, piece));
    });
  }

  /** A browser reuses a connection for several requests: the last one decides. */
  #sort(link: Link, piece: Buffer): void {
    if (!IS_REQUEST.test(piece.toString("latin1"))) return;
    const [from, to] = isTalk(piece) ? [this.#spared, this.#links] : [this.#links, this.#spared];
    if (from.delete(link)) to.add(link);
    if (this.#mode === "refusing" && to === this.#links) link.reset();
  }

  #connect(client: Socket, links: Set<Link>): Link | undefined {
    if (this.#mode === "refusing" && links === this.#links) {
      client.resetAndDestroy();
      return undefined;
    }
    const server = connect(this.#target, "127.0.0.1");
    server.on("error", () => {});
    client.setNoDelay(true);
    server.setNoDelay(true);
    const link: Link = {
      up: new Pipe(client, server),
      down: new Pipe(server, client),
      reset() {
        client.resetAndDestroy();
        server.resetAndDestroy();
      },
    };
    links.add(link);
    client.resume();
    for (const socket of [client, server]) {
      socket.once("close", () => {
        for (const set of [this.#links, this.#spared]) set.delete(link);
        client.destroy();
        server.destroy();
      });
    }
    return link;
  }
}

function setBoth({ up, down }: Link, delayMs: number): void {
  up.set({ is: "passing", delayMs });
  down.set({ is: "passing", delayMs });
}
