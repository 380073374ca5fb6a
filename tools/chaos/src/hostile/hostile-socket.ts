import { once } from "node:events";
import { encode, type UpFrame } from "@parley/protocol";
import { WebSocket } from "ws";
import { within } from "@parley/testkit/waiting";

/** The header in which a proxy would send the address (`TRUST_PROXY`). */
export const PROXY_HEADER = "X-Forwarded-For";

/** How long a handshake or an answer to `join` may take, in ms. */
const ANSWER_WITHIN_MS = 30_000;
/** With more unsent bytes than this, nothing is added, because they take the attackers' memory. */
const WAITING_BYTES_MAX = 64 * 1024;

type JoinUp = Extract<UpFrame, { type: "join" }>;

/** A WebSocket from any network address that sends anything and checks nothing. */
export class HostileSocket {
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("error", () => {});
  }

  /** Connects; rejects if that is refused. */
  static async open(from: { port: number; address: string }): Promise<HostileSocket> {
    const socket = new WebSocket(`ws://127.0.0.1:${from.port}/ws`, {
      headers: { [PROXY_HEADER]: from.address },
      handshakeTimeout: ANSWER_WITHIN_MS,
      perMessageDeflate: false,
    });
    const hostile = new HostileSocket(socket);
    await once(socket, "open");
    return hostile;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** Joins, and waits for the server's next frame. */
  async join(payload: JoinUp["payload"]): Promise<void> {
    const answer = once(this.#socket, "message");
    this.send(encode({ type: "join", payload }));
    await within(answer, ANSWER_WITHIN_MS, "to join");
  }

  /** Reads nothing from now on. */
  stopReading(): void {
    this.#socket.pause();
  }

  /** @returns whether it was sent; false if the server reads too slowly */
  send(text: string): boolean {
    if (!this.isOpen || this.#socket.bufferedAmount > WAITING_BYTES_MAX) return false;
    this.#socket.send(text, () => {});
    return true;
  }

  /** Cuts it, without a closing handshake. */
  cut(): void {
    this.#socket.terminate();
  }
}
