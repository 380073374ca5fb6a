import {
  decodeDown,
  type CloseCode,
  type DownFrame,
  type DownPayload,
  type DownType,
} from "@parley/protocol";
import { gist } from "@parley/testkit/gist";
import type { Frames } from "../src/delivery/encoded-frames.ts";
import type { Connection } from "../src/delivery/connection.ts";

/** A connection without a network: what it is sent is read as the peer would read it. */
export class FakeConnection implements Connection {
  readonly address: string;
  sendsAll = false;
  /** What counts as sent and not read; a test makes a slow reader of it. */
  unread = 0;
  /** Bytes that were sent at once, at the most. */
  largest = 0;
  /** How it was closed, if it was. */
  closedWith: CloseCode | undefined;
  #sent: DownFrame[] = [];
  #onDrained: (() => void)[] = [];

  constructor(address = "192.0.2.1") {
    this.address = address;
  }

  send(frames: string | Frames): void {
    if (this.closedWith !== undefined) return;
    const texts = typeof frames === "string" ? [frames] : frames.texts;
    this.largest = Math.max(this.largest, Buffer.byteLength(texts.join("")));
    for (const text of texts) {
      const decoded = decodeDown(text);
      if (!decoded.ok) throw new Error(`No client reads this: ${text}`);
      this.#sent.push(decoded.frame);
    }
  }

  close(code: CloseCode): void {
    this.closedWith ??= code;
  }

  whenDrained(run: () => void): void {
    this.#onDrained.push(run);
  }

  /** The peer reads everything that waits for it. */
  drain(): void {
    this.unread = 0;
    for (const run of this.#onDrained.splice(0)) run();
  }

  /** Takes all frames that were sent since the last time. */
  read(): DownFrame[] {
    return this.#sent.splice(0);
  }

  /** Takes all frames, and gives the payloads of those of one type. */
  readAll<T extends DownType>(type: T): DownPayload<T>[] {
    const read = this.read().filter((frame) => frame.type === type);
    return read.map(({ payload }) => payload as DownPayload<T>);
  }

  /** Takes all frames: what they are, such as `chat hi` or `error rate_limited`. */
  readGist(): string[] {
    return this.read().map(gist);
  }
}
