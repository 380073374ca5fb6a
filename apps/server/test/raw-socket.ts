import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { holds } from "@parley/testkit/waiting";
import { readFrames, type WireFrame } from "./read-frames.ts";

const CLOSE_OPCODE = 8;

/** A request to upgrade, as it goes over the wire. */
export function handshake(
  port: number,
  headers: Record<string, string> = {},
  path = "/ws",
): string {
  const all = {
    Host: `127.0.0.1:${port}`,
    Upgrade: "websocket",
    Connection: "Upgrade",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version": "13",
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [`GET ${path} HTTP/1.1`, ...lines, "", ""].join("\r\n");
}

export interface RawFrame {
  readonly opcode: number;
  readonly payload?: Buffer | string;
  /** Without: the last piece of its message. */
  readonly more?: boolean;
  /** The three reserved bits, such as 0b100. */
  readonly reserved?: number;
  readonly unmasked?: boolean;
}

/** A frame from a client (RFC 6455, section 5.2), right or wrong. */
export function rawFrame({ opcode, payload = "", more, reserved = 0, unmasked }: RawFrame): Buffer {
  const body = Buffer.from(payload);
  const head = [(more ? 0 : 0x80) | (reserved << 4) | opcode];
  const masked = unmasked ? 0 : 0x80;
  if (body.length < 126) head.push(masked | body.length);
  else if (body.length < 0x1_0000) head.push(masked | 126, body.length >> 8, body.length & 0xff);
  else head.push(masked | 127, 0, 0, 0, 0, ...uint32(body.length));
  if (unmasked) return Buffer.concat([Buffer.from(head), body]);
  const mask = Buffer.from([0x12, 0x34, 0x56, 0x78]);
  const hidden = body.map((byte, i) => byte ^ (mask[i % 4] ?? 0));
  return Buffer.concat([Buffer.from(head), mask, hidden]);
}

function uint32(value: number): number[] {
  return [24, 16, 8, 0].map((shift) => (value >> shift) & 0xff);
}

/** A TCP connection that says what a test wants, to the byte. */
export class RawSocket {
  readonly socket: Socket;
  /** What came and was not cut into frames. */
  received: Buffer = Buffer.alloc(0);
  /** All whole frames that came since the handshake. */
  readonly frames: WireFrame[] = [];
  #speaks: "HTTP" | "frames" = "HTTP";
  readonly closed: Promise<unknown>;

  static async connect(port: number): Promise<RawSocket> {
    const raw = new RawSocket(connect({ port, host: "127.0.0.1", noDelay: true }));
    await once(raw.socket, "connect");
    return raw;
  }

  /**
   * Connects and shakes hands, so that frames come next.
   * @param eager frames that are sent together with the handshake
   */
  static open(port: number, ...eager: readonly Buffer[]): Promise<RawSocket> {
    return RawSocket.openFrom(port, {}, ...eager);
  }

  /** Connects and shakes hands with these headers, too. */
  static async openFrom(
    port: number,
    headers: Record<string, string>,
    ...eager: readonly Buffer[]
  ): Promise<RawSocket> {
    const raw = await RawSocket.connect(port);
    raw.write(Buffer.concat([Buffer.from(handshake(port, headers)), ...eager]));
    const answer = await raw.head();
    if (!answer.startsWith("HTTP/1.1 101")) throw new Error(`No handshake: ${answer}`);
    raw.#speaks = "frames";
    raw.#cutFrames();
    return raw;
  }

  private constructor(socket: Socket) {
    this.socket = socket;
    this.closed = new Promise((resolve) => {
      socket.once("close", resolve);
    });
    // A reset closes it, too, and that is what tests look at.
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      this.received = this.received.length > 0 ? Buffer.concat([this.received, bytes]) : bytes;
      if (this.#speaks === "frames") this.#cutFrames();
    });
  }

  write(...parts: readonly (Buffer | string)[]): void {
    for (const part of parts) this.socket.write(part);
  }

  say(frame: unknown): void {
    this.write(rawFrame({ opcode: 1, payload: JSON.stringify(frame) }));
  }

  /** Reads the head of an HTTP answer. */
  async head(): Promise<string> {
    await this.until(() => this.received.includes("\r\n\r\n"), "the head of an answer");
    const end = this.received.indexOf("\r\n\r\n") + 4;
    const head = this.received.subarray(0, end).toString();
    this.received = this.received.subarray(end);
    return head;
  }

  /** Waits until the server has closed; gives its code, or none if it only hung up. */
  async closeCode(): Promise<number | undefined> {
    await Promise.race([this.closed, this.until(() => this.#close() !== undefined, "a close")]);
    return this.#close()?.payload.readUInt16BE(0);
  }

  /** Ends it without a goodbye, as a cable that is pulled and plugged in again. */
  reset(): void {
    this.socket.resetAndDestroy();
  }

  /** Waits for something to be so. */
  async until(isSo: () => boolean, what: string): Promise<void> {
    if (!(await holds(isSo))) throw new Error(`There was never ${what}.`);
  }

  #close(): WireFrame | undefined {
    return this.frames.find(({ opcode }) => opcode === CLOSE_OPCODE);
  }

  #cutFrames(): void {
    const { frames, rest } = readFrames(this.received);
    this.frames.push(...frames);
    this.received = rest;
  }
}
