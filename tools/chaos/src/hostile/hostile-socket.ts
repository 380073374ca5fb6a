import { once } from "node:events";
import { encode, type UpFrame } from "@parley/protocol";
import { WebSocket } from "ws";
import { within } from "@parley/testkit/waiting";

/** The header in which a proxy would name the address (`TRUST_PROXY`). */
export const PROXY_HEADER = "X-Forwarded-For";

/** How long a handshake or an answer to `join` may take, in ms. */
const ANSWER_WITHIN_MS = 30_000;
/** Bytes that wait to be sent, after which nothing is added: they are memory of the attackers. */
const WAITING_BYTES_MAX = 64 * 1024;

type JoinUp = Extract<UpFrame, { type: "join" }>;

/** A WebSocket from some network address, which sends anything and believes nothing. */
export class HostileSocket {
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("error", () => {});
  }

  /** Connects; rejects where that is refused. */
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

  /** Joins, and waits for the next frame of the server. */
  async join(payload: JoinUp["payload"]): Promise<void> {
    const answer = once(this.#socket, "message");
    this.send(encode({ type: "join", payload }));
    await within(answer, ANSWER_WITHIN_MS, "to join");
  }

  /** From now on it reads nothing. */
  stopReading(): void {
    this.#socket.pause();
  }

  /** @returns whether it is sent: not where the server reads later than this sends */
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
