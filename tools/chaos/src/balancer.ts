import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

/**
 * A TCP balancer: each connection goes to the next server in turn, and on to the one after it
 * where that one refuses. Nobody comes back to where they were.
 */
export class Balancer {
  readonly #server: Server;
  readonly #targets: readonly number[];
  readonly #clients = new Set<Socket>();
  #turn = 0;

  private constructor(targets: readonly number[]) {
    this.#targets = targets;
    this.#server = createServer((client) => this.#take(client));
  }

  /** @param targets ports of 127.0.0.1 */
  static async start(targets: readonly number[]): Promise<Balancer> {
    const balancer = new Balancer(targets);
    balancer.#server.listen(0, "127.0.0.1");
    await once(balancer.#server, "listening");
    return balancer;
  }

  /** Where the servers' sockets are, whichever takes them. */
  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}/ws`;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const client of this.#clients) client.destroy();
    await closed;
  }

  #take(client: Socket): void {
    client.on("error", () => {});
    client.setNoDelay(true);
    this.#clients.add(client);
    client.once("close", () => this.#clients.delete(client));
    this.#turn += 1;
    this.#join(client, this.#turn, this.#targets.length);
  }

  #join(client: Socket, turn: number, tries: number): void {
    const target = this.#targets[turn % this.#targets.length];
    if (tries === 0 || target === undefined) {
      client.resetAndDestroy();
      return;
    }
    const server = connect(target, "127.0.0.1");
    server.setNoDelay(true);
    const onRefused = () => this.#join(client, turn + 1, tries - 1);
    server.once("error", onRefused);
    server.once("connect", () => {
      server.off("error", onRefused).on("error", () => {});
      client.pipe(server).pipe(client);
      client.once("close", () => server.destroy());
      server.once("close", () => client.destroy());
    });
  }
}
