import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { PIPELINED_REQUESTS_MAX } from "../../limits/limits.ts";

/** Counts the requests of each connection that wait for their answers. */
export class Pipelining {
  readonly #waiting = new WeakMap<Socket, number>();

  /** Whether one more may wait on its connection; it is counted until it is answered. */
  admits({ socket }: IncomingMessage, response: ServerResponse): boolean {
    const waiting = this.#waiting.get(socket) ?? 0;
    if (waiting >= PIPELINED_REQUESTS_MAX) return false;
    this.#waiting.set(socket, waiting + 1);
    response.once("close", () => {
      this.#waiting.set(socket, (this.#waiting.get(socket) ?? 1) - 1);
    });
    return true;
  }
}
