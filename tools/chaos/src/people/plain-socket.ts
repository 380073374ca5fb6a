import { once } from "node:events";
import { decodeDown, encode, type DownFrame, type UpFrame } from "@parley/protocol";
import { WebSocket } from "ws";
import { within } from "../patience.ts";

/** How long a connection, or an answer, may take, in ms. */
const ANSWER_WITHIN_MS = 30_000;

export type DownOf<Type extends DownFrame["type"]> = Extract<DownFrame, { type: Type }>;

/** A WebSocket as a script has it: frames out, frames in, nothing done by itself. */
export class PlainSocket {
  readonly #socket: WebSocket;
  readonly #waiting = new Set<(frame: DownFrame) => void>();

  private constructor(socket: WebSocket, hear: (frame: DownFrame) => void) {
    this.#socket = socket;
    socket.on("error", () => {});
    socket.on("message", (data: Buffer) => {
      const decoded = decodeDown(data.toString());
      if (!decoded.ok) throw new Error(`the server said ${data.toString()}`);
      hear(decoded.frame);
      for (const take of this.#waiting) take(decoded.frame);
    });
  }

  /**
   * Connects. Rejects where that is not possible.
   * @param hear told every frame, from the first one on
   */
  static async open(
    url: string,
    hear: (frame: DownFrame) => void = () => {},
  ): Promise<PlainSocket> {
    const socket = new WebSocket(url);
    const plain = new PlainSocket(socket, hear);
    try {
      await within(once(socket, "open"), ANSWER_WITHIN_MS, "to connect");
    } catch (error) {
      socket.terminate();
      throw error;
    }
    return plain;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  onClosed(closed: () => void): void {
    this.#socket.once("close", closed);
  }

  /** Says something; on a socket that is closing it is lost. */
  send(frame: UpFrame): void {
    this.#socket.send(encode(frame), () => {});
  }

  /** Says something, and waits for the next frame of the type that answers it. */
  async ask<Type extends DownFrame["type"]>(frame: UpFrame, type: Type): Promise<DownOf<Type>> {
    const answer = this.next(type);
    this.send(frame);
    return answer;
  }

  /** The next frame of a type; others are passed over. Rejects where it takes too long. */
  async next<Type extends DownFrame["type"]>(type: Type): Promise<DownOf<Type>> {
    const { promise, resolve } = Promise.withResolvers<DownOf<Type>>();
    const take = (frame: DownFrame) => {
      if (frame.type === type) resolve(frame as DownOf<Type>);
    };
    this.#waiting.add(take);
    try {
      return await within(promise, ANSWER_WITHIN_MS, `a frame of type ${type}`);
    } finally {
      this.#waiting.delete(take);
    }
  }

  /** Cuts it, without a closing handshake. */
  cut(): void {
    this.#socket.terminate();
  }
}
