import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { unreachable } from "@parley/protocol";

/** How one direction of a connection passes its bytes on. */
type Flow =
  /** Each piece comes so much later, in ms; 0 passes it on at once. */
  | { readonly is: "passing"; readonly delayMs: number }
  /** Nothing comes through; it waits here. */
  | { readonly is: "stalled"; readonly held: Buffer[] }
  /** Nothing comes through any more: of a stream that lost a part, no later part may arrive. */
  | { readonly is: "dropping" };

/** One direction of a connection. What was sent earlier never arrives later. */
class Pipe {
  readonly #to: Socket;
  #flow: Flow = { is: "passing", delayMs: 0 };
  /** What is on its way, and when it arrives by `performance.now()`. */
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
  cut(): void;
}

/** A TCP proxy in front of a server that does what networks do on bad days. */
export class FaultProxy {
  readonly #server: Server;
  #target: number;
  readonly #links = new Set<Link>();
  #mode: "open" | "refusing" = "open";

  private constructor(target: number) {
    this.#target = target;
    this.#server = createServer((client) => this.#connect(client));
  }

  /** Starts a proxy on a free port of 127.0.0.1. */
  static async start(target: number): Promise<FaultProxy> {
    const proxy = new FaultProxy(target);
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Where the server's sockets are, seen through this proxy. */
  get url(): string {
    return `ws://127.0.0.1:${this.port}/ws`;
  }

  /** How many connections there are now. */
  get connections(): number {
    return this.#links.size;
  }

  /** Resets every connection, in both directions. */
  cut(): void {
    for (const link of this.#links) link.cut();
  }

  /** Leads to another server from now on, as a name or an address that moves; the old ones are cut. */
  leadTo(target: number): void {
    this.#target = target;
    this.cut();
  }

  /** Resets every connection, and all new ones, until it is called off. */
  unplug(): () => void {
    this.#mode = "refusing";
    this.cut();
    return () => {
      this.#mode = "open";
    };
  }

  /** Nothing comes through until this is over; then everything does, in order. */
  async stall(over: Promise<unknown>): Promise<void> {
    const links = [...this.#links];
    for (const { up, down } of links) {
      up.set({ is: "stalled", held: [] });
      down.set({ is: "stalled", held: [] });
    }
    await over;
    for (const link of links) setBoth(link, 0);
  }

  /** From now on what the server says is lost, acknowledgements too; once this is over all is cut. */
  async deafen(over: Promise<unknown>): Promise<void> {
    const links = [...this.#links];
    for (const { down } of links) down.set({ is: "dropping" });
    await over;
    for (const link of links) link.cut();
  }

  /** The connections that there are pass everything on so much later, in ms; 0 ends it. */
  delay(ms: number): void {
    for (const link of this.#links) setBoth(link, ms);
  }

  async close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.cut();
    await closed;
  }

  #connect(client: Socket): void {
    client.on("error", () => {});
    if (this.#mode === "refusing") {
      client.resetAndDestroy();
      return;
    }
    const server = connect(this.#target, "127.0.0.1");
    server.on("error", () => {});
    client.setNoDelay(true);
    server.setNoDelay(true);
    const link: Link = {
      up: new Pipe(client, server),
      down: new Pipe(server, client),
      cut() {
        client.resetAndDestroy();
        server.resetAndDestroy();
      },
    };
    this.#links.add(link);
    for (const socket of [client, server]) {
      socket.once("close", () => {
        this.#links.delete(link);
        client.destroy();
        server.destroy();
      });
    }
  }
}

function setBoth({ up, down }: Link, delayMs: number): void {
  up.set({ is: "passing", delayMs });
  down.set({ is: "passing", delayMs });
}
