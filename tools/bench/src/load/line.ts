import type { Socket } from "node:net";
import { bareSocket, type SocketTarget } from "./bare-socket.ts";
import { FrameReader, Opcode } from "./frame-reader.ts";
import { maskedPong, maskedText } from "./frame-writer.ts";

const END_OF_HEAD = "\r\n\r\n";
/** The longest answer to a handshake, in characters. */
const HEAD_CHARS_MAX = 16 * 1024;
/** The code of a connection that ended without a closing frame. */
export const ENDED_ABRUPTLY = 1006;

export interface LineEvents {
  opened(): void;
  /** A text frame: `bytes` from `start` to `end`, valid only during the call. */
  text(bytes: Buffer, start: number, end: number): void;
  /** Called once; with the code of the server's closing frame, or 1006. */
  closed(code: number): void;
}

/** A client's connection to a server, over any transport. */
export interface ClientLine {
  /** @param text ASCII */
  say(text: string): void;
  /** Stops reading; data from the server piles up in the kernel, then at the server. */
  pause(): void;
  resume(): void;
  /** Ends the connection at once; `closed` follows. */
  cut(): void;
}

type State =
  /** `head` is the handshake's answer so far. */
  | { readonly is: "shaking hands"; readonly head: string }
  | { readonly is: "open" }
  | { readonly is: "closing"; readonly code: number };

/**
 * A WebSocket client on a plain socket, so that the load costs as little as possible: no stream of
 * chunks, no object for each frame, no compression. It answers pings, and trusts its server.
 */
export class Line implements ClientLine {
  readonly #socket: Socket;
  readonly #events: LineEvents;
  readonly #reader: FrameReader;
  #state: State = { is: "shaking hands", head: "" };

  constructor({ port, path, from }: SocketTarget, events: LineEvents) {
    this.#events = events;
    this.#reader = new FrameReader((opcode, bytes, start, end) =>
      this.#frame(opcode, bytes, start, end),
    );
    this.#socket = bareSocket({ port, from }, (chunk) => this.#read(chunk));
    this.#socket.once("connect", () => this.#socket.write(handshake(port, path)));
    this.#socket.once("close", () => {
      events.closed(this.#state.is === "closing" ? this.#state.code : ENDED_ABRUPTLY);
    });
  }

  say(text: string): void {
    this.#socket.write(maskedText(text));
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  cut(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    if (this.#state.is !== "shaking hands") return this.#reader.read(chunk);
    const head = this.#state.head + chunk.toString("latin1");
    const end = head.indexOf(END_OF_HEAD);
    if (end === -1 && head.length < HEAD_CHARS_MAX) {
      this.#state = { is: "shaking hands", head };
      return;
    }
    if (!head.startsWith("HTTP/1.1 101 ")) return this.cut();
    this.#state = { is: "open" };
    this.#events.opened();
    const rest = head.slice(end + END_OF_HEAD.length);
    if (rest !== "") this.#reader.read(Buffer.from(rest, "latin1"));
  }

  #frame(opcode: number, bytes: Buffer, start: number, end: number): void {
    if (opcode === Opcode.text) {
      this.#events.text(bytes, start, end);
    } else if (opcode === Opcode.ping) {
      this.#socket.write(maskedPong(bytes.subarray(start, end)));
    } else if (opcode === Opcode.close) {
      const code = end - start >= 2 ? bytes.readUInt16BE(start) : ENDED_ABRUPTLY;
      this.#state = { is: "closing", code };
      this.cut();
    }
  }
}

function handshake(port: number, path: string): string {
  return [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: cGFybGV5IGJlbmNoIGxvYQ==",
    "",
    "",
  ].join("\r\n");
}
