import { once } from "node:events";
import {
  decodeDown,
  type DownFrame,
  type DownPayload,
  type DownType,
  type UpPayload,
  type UpType,
} from "@parley/protocol";
import { PATIENCE_MS } from "@parley/testkit";
import { WebSocket, type ClientOptions } from "ws";
import { gist } from "./fake-connection.ts";

export interface ClientSettings extends ClientOptions {
  readonly protocol?: string;
}

/** A plain WebSocket client, as wscat is one. */
export class TestClient {
  readonly ws: WebSocket;
  /** Every frame that came, in order. */
  readonly seen: DownFrame[] = [];
  /** The code that the connection closed with; 1006 where it was cut. */
  readonly closed: Promise<number>;
  #read = 0;
  #onFrame: (() => void) | undefined;

  /** Connects; rejects where the server does not shake hands. */
  static async connect(url: string, { protocol, ...options }: ClientSettings = {}) {
    const client = new TestClient(new WebSocket(url, protocol ? [protocol] : [], options));
    await once(client.ws, "open");
    return client;
  }

  private constructor(ws: WebSocket) {
    this.ws = ws;
    this.closed = new Promise((resolve) => {
      ws.on("close", resolve);
    });
    // A connection that breaks closes, too, and that is what tests look at.
    ws.on("error", () => {});
    ws.on("message", (data: Buffer) => {
      const decoded = decodeDown(data.toString());
      if (!decoded.ok) throw new Error(`No client reads this: ${data.toString()}`);
      this.seen.push(decoded.frame);
      this.#onFrame?.();
    });
  }

  send<T extends UpType>(type: T, payload: UpPayload<T>): void {
    this.ws.send(JSON.stringify({ type, payload }));
  }

  say(message: string): void {
    this.send("chat", { message });
  }

  /** Waits for the next frame of a type, past all others, and gives its payload. */
  async next<T extends DownType>(type: T): Promise<DownPayload<T>> {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      const frame = this.seen[this.#read];
      if (!frame) {
        await this.#frameBefore(until, type);
        continue;
      }
      this.#read += 1;
      if (frame.type === type) return frame.payload;
    }
  }

  async join(roomId: string, payload: Partial<UpPayload<"join">> = {}) {
    this.send("join", { roomId, ...payload });
    return this.next("joined");
  }

  /** Waits until everything is here that the server had sent by now. */
  async sync(): Promise<void> {
    this.send("ping", {});
    await this.next("pong");
  }

  /** What came of some types, in a word or two each. */
  gistOf(...types: readonly DownFrame["type"][]): string[] {
    return this.seen.filter(({ type }) => types.includes(type)).map(gist);
  }

  /** Leaves on purpose. */
  async leave(): Promise<void> {
    this.ws.close(1000);
    await this.closed;
  }

  #frameBefore(until: number, type: DownType): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        const seen = this.seen.map(gist).join(", ");
        reject(new Error(`No ${type} came in time. What came: ${seen || "nothing"}.`));
      }, until - performance.now());
      this.#onFrame = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
