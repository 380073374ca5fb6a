import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** An address that leads elsewhere from some moment on, as a name does: whoever is there stays. */
export class MovingAddress {
  #target: number;
  readonly #open = new Set<Socket>();
  readonly #server = createServer((near) => {
    const far = connect(this.#target, "127.0.0.1");
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#open.add(one);
      one.on("error", () => one.destroy());
      one.once("close", () => {
        this.#open.delete(one);
        other.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });

  private constructor(target: number) {
    this.#target = target;
  }

  /** @param target a port of 127.0.0.1 */
  static async start(target: number): Promise<MovingAddress> {
    const address = new MovingAddress(target);
    address.#server.listen(0, "127.0.0.1");
    await once(address.#server, "listening");
    return address;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Leads to another port from now on. */
  leadTo(target: number): void {
    this.#target = target;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const socket of this.#open) socket.destroy();
    await closed;
  }
}
