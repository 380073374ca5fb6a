import { once } from "node:events";
import {
  decodeDown,
  type DownFrame,
  type DownPayload,
  type DownType,
  type UpPayload,
  type UpType,
} from "@parley/protocol";
import { WebSocket, type ClientOptions } from "ws";
import { gist } from "./gist.ts";
import { PATIENCE_MS, within } from "./waiting.ts";

export interface PlainClientOptions extends ClientOptions {
  readonly protocol?: string;
  /** Called with every frame, from the first one on. */
  readonly onFrame?: (frame: DownFrame) => void;
}

/** A plain WebSocket client like wscat: frames out, frames in, nothing automatic. */
export class PlainClient {
  readonly ws: WebSocket;
  /** Every received frame, in order. */
  readonly frames: DownFrame[] = [];
  /** The close code of the connection; 1006 if it was cut. */
  readonly closed: Promise<number>;
  #read = 0;
  #arrived = Promise.withResolvers<void>();

  /** Connects; rejects if the handshake fails. */
  static async connect(
    url: string,
    { protocol, onFrame, ...options }: PlainClientOptions = {},
  ): Promise<PlainClient> {
    const handshakeTimeout = PATIENCE_MS;
    const ws = new WebSocket(url, protocol ? [protocol] : [], { handshakeTimeout, ...options });
    const client = new PlainClient(ws, onFrame);
    await once(ws, "open");
    return client;
  }

  /** Connects and joins a room; its `joined` is read. */
  static async join(url: string, roomId: string, name: string): Promise<PlainClient> {
    const client = await PlainClient.connect(url);
    await client.join(roomId, { name });
    return client;
  }

  private constructor(ws: WebSocket, onFrame: (frame: DownFrame) => void = () => {}) {
    this.ws = ws;
    this.closed = new Promise((resolve) => {
      ws.on("close", resolve);
    });
    // A broken connection also closes, and tests check that.
    ws.on("error", () => {});
    ws.on("message", (data: Buffer) => {
      const decoded = decodeDown(data.toString());
      if (!decoded.ok) throw new Error(`No client reads this: ${data.toString()}`);
      this.frames.push(decoded.frame);
      onFrame(decoded.frame);
      this.#arrived.resolve();
      this.#arrived = Promise.withResolvers();
    });
  }

  get isOpen(): boolean {
    return this.ws.readyState === WebSocket.OPEN;
  }

  /** Sends a frame; on a socket that is closing, it is lost. */
  send<T extends UpType>(type: T, payload: UpPayload<T>): void {
    this.ws.send(JSON.stringify({ type, payload }), () => {});
  }

  say(message: string): void {
    this.send("chat", { message });
  }

  /** Skips to the next frame of a type, and returns its payload. */
  async next<T extends DownType>(type: T): Promise<DownPayload<T>> {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      const frame = this.frames[this.#read];
      if (!frame) await this.#frameBefore(end, type);
      else {
        this.#read += 1;
        if (frame.type === type) return frame.payload as DownPayload<T>;
      }
    }
  }

  /** Sends a frame, and returns the next frame of the answer's type; earlier frames are skipped. */
  ask<Up extends UpType, Down extends DownType>(
    type: Up,
    payload: UpPayload<Up>,
    answer: Down,
  ): Promise<DownPayload<Down>> {
    this.#read = this.frames.length;
    this.send(type, payload);
    return this.next(answer);
  }

  async join(
    roomId: string,
    payload: Partial<UpPayload<"join">> = {},
  ): Promise<DownPayload<"joined">> {
    this.send("join", { roomId, ...payload });
    return this.next("joined");
  }

  /** Waits until everything has arrived that the server had sent by now. */
  async sync(): Promise<void> {
    this.send("ping", {});
    await this.next("pong");
  }

  /** The received frames of some types, in a word or two each. */
  gistOf(...types: readonly DownFrame["type"][]): string[] {
    return this.frames.filter(({ type }) => types.includes(type)).map(gist);
  }

  /** Closes normally. */
  close(): void {
    this.ws.close(1000);
  }

  /** Closes normally, and waits for it. */
  async leave(): Promise<void> {
    this.close();
    await this.closed;
  }

  /** Cuts the connection, without a closing handshake. */
  cut(): void {
    this.ws.terminate();
  }

  async #frameBefore(end: number, type: DownType): Promise<void> {
    try {
      await within(this.#arrived.promise, end - performance.now(), `a frame of type ${type}`);
    } catch (error) {
      const seen = this.frames.map(gist).join(", ");
      throw new Error(`No ${type} came in time. What came: ${seen || "nothing"}.`, {
        cause: error,
      });
    }
  }
}
