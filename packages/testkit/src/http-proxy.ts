import { once } from "node:events";
import {
  createServer,
  request as ask,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { pause } from "./waiting.ts";
import { throwUnlessSystem } from "./system-error.ts";

/** What a proxy does to the traffic. */
export interface HttpFaults {
  /** Refuses WebSockets, like a proxy that knows only requests. */
  readonly refusesUpgrades?: boolean;
  /** Passes on a response once it has ended, like a virus scanner. */
  readonly holdsResponses?: boolean;
  /** Delays what a browser sends, in ms. */
  readonly delayMs?: number;
}

/** An HTTP proxy in front of a server, as in company networks. */
export class HttpProxy {
  readonly #server: Server;
  readonly #target: () => number;
  readonly #sockets = new Set<Socket>();
  readonly #streams = new Set<ServerResponse>();
  /** The requests so far, as `METHOD /path`. */
  readonly requests: string[] = [];
  faults: HttpFaults;
  #lost: RegExp | undefined;

  private constructor(target: () => number, faults: HttpFaults) {
    this.#target = target;
    this.faults = faults;
    this.#server = createServer((request, response) => void this.#pass(request, response));
    this.#server.on("connection", (socket) => this.#keep(socket));
    this.#server.on("upgrade", (request, socket: Socket, head) =>
      this.#upgrade(request, socket, head),
    );
  }

  /**
   * Starts one on a free port of 127.0.0.1.
   * @param target a port of 127.0.0.1, or a function that picks one for each request
   */
  static async start(target: number | (() => number), faults: HttpFaults = {}): Promise<HttpProxy> {
    const pick = typeof target === "number" ? () => target : target;
    const proxy = new HttpProxy(pick, faults);
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  /** The address of the server's pages through this proxy. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The address of the server's WebSockets through this proxy. */
  get socketUrl(): string {
    return `${this.url.replace("http", "ws")}/ws`;
  }

  /** How many responses have begun and not ended. */
  get streams(): number {
    return this.#streams.size;
  }

  /** Breaks off every response that has begun. */
  cutStreams(): void {
    for (const response of this.#streams) response.destroy();
  }

  /**
   * Lets the server handle the next request that matches, as `METHOD /path`, and loses its answer.
   */
  loseAnswerTo(request: RegExp): void {
    this.#lost = request;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => this.#sockets.delete(socket));
  }

  async #pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method, headers, url: path } = incoming;
    const name = `${method} ${path}`;
    this.requests.push(name);
    const isLost = this.#lost?.test(name) ?? false;
    if (isLost) this.#lost = undefined;
    outgoing.on("error", () => {});
    await this.#delay();
    const port = this.#target();
    // If the reader leaves a response, it is left here, too.
    const upstream = ask({ host: "127.0.0.1", port, method, path, headers, agent: false });
    outgoing.once("close", () => upstream.destroy());
    upstream.on("error", () => outgoing.destroy());
    upstream.once("response", (response: IncomingMessage) => {
      response.on("error", () => outgoing.destroy());
      if (isLost) {
        response.resume();
        response.once("end", () => outgoing.destroy());
        return;
      }
      void this.#answer(response, outgoing).catch((error: unknown) => {
        outgoing.destroy();
        throwUnlessSystem(error);
      });
    });
    incoming.on("error", () => upstream.destroy());
    incoming.pipe(upstream);
  }

  async #answer(response: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { holdsResponses = false } = this.faults;
    const held: Buffer[] = [];
    const begin = () => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      outgoing.flushHeaders();
      this.#streams.add(outgoing);
      outgoing.once("close", () => this.#streams.delete(outgoing));
    };
    if (!holdsResponses) begin();
    for await (const chunk of response as AsyncIterable<Buffer>) {
      if (holdsResponses) held.push(chunk);
      else outgoing.write(chunk);
    }
    if (holdsResponses) begin();
    for (const chunk of held) outgoing.write(chunk);
    outgoing.end();
  }

  #upgrade(request: IncomingMessage, client: Socket, head: Buffer): void {
    this.requests.push(`UPGRADE ${request.url}`);
    if (this.faults.refusesUpgrades) {
      client.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    const server = connect(this.#target(), "127.0.0.1");
    this.#keep(server);
    const lines = [`GET ${request.url} HTTP/1.1`];
    for (let at = 0; at < request.rawHeaders.length; at += 2) {
      lines.push(`${request.rawHeaders[at]}: ${request.rawHeaders[at + 1]}`);
    }
    server.write(`${lines.join("\r\n")}\r\n\r\n`);
    server.write(head);
    void this.#tunnel(client, server, () => this.#delay());
    void this.#tunnel(server, client, async () => {});
  }

  async #tunnel(from: Socket, to: Socket, delay: () => Promise<void>): Promise<void> {
    from.once("close", () => to.destroy());
    try {
      for await (const chunk of from as AsyncIterable<Buffer>) {
        await delay();
        to.write(chunk);
      }
      to.end();
    } catch (error) {
      to.destroy();
      throwUnlessSystem(error);
    }
  }

  async #delay(): Promise<void> {
    const { delayMs = 0 } = this.faults;
    if (delayMs > 0) await pause(delayMs);
  }
}
