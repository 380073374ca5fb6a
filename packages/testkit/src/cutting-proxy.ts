import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** A TCP proxy that resets each connection after some bytes from its client, and counts them. */
export class CuttingProxy {
  readonly #server: Server;
  readonly #clients = new Set<Socket>();
  #bytes = 0;

  private constructor(target: number, after: number) {
    this.#server = createServer((client) => this.#take(client, target, after));
  }

  /**
   * Starts one on a free port of 127.0.0.1.
   * @param target a port of 127.0.0.1
   * @param after how many bytes a client may send over one connection
   */
  static async start(target: number, after: number): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(target, after);
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** How many bytes clients have sent, those that were cut off included. */
  get bytes(): number {
    return this.#bytes;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const client of this.#clients) client.destroy();
    await closed;
  }

  #take(client: Socket, target: number, after: number): void {
    this.#clients.add(client);
    const server = connect(target, "127.0.0.1");
    let left = after;
    client.on("error", () => {});
    server.on("error", () => {});
    client.on("data", (piece: Buffer) => {
      this.#bytes += piece.length;
      left -= piece.length;
      if (left >= 0) return server.write(piece);
      client.resetAndDestroy();
      return server.resetAndDestroy();
    });
    server.pipe(client);
    client.once("close", () => {
      this.#clients.delete(client);
      server.destroy();
    });
    server.once("close", () => client.destroy());
  }
}
