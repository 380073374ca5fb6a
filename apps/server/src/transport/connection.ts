import type { Socket } from "node:net";
import { CloseCode, encode, PING_EVERY_MS, PING_GRACE_MS, SUBPROTOCOL } from "@parley/protocol";
import { WebSocket } from "ws";
import { encodeTextFrame, type EncodedFrame } from "../frame.ts";
import { UNREAD_BYTES_MAX } from "../limits.ts";
import type { Connection } from "../session/connection.ts";
import type { Cancel, Timers } from "../timer-wheel.ts";

const PING_FRAME = encodeTextFrame(encode({ type: "ping", payload: {} }));

/** What a connection tells whoever talks over it. */
export interface ConnectionEvents {
  text(text: string): void;
  binary(): void;
  /** A ping or a pong came; the answer to a ping is on its way already. */
  control(): void;
  /** Once, at the end; 1006 where there was no closing handshake. */
  closed(code: number): void;
}

/**
 * A WebSocket as a Connection: ws reads, answers pings and closes; whole frames are written past
 * it, straight to the TCP socket, so that one buffer serves a whole room. Both write whole
 * frames at once (nothing is compressed), so that none is ever torn.
 */
export class SocketConnection implements Connection {
  readonly address: string;
  readonly #ws: WebSocket;
  readonly #socket: Socket;
  readonly #timers: Timers;
  #heard = true;
  #nextBeat: Cancel;

  constructor(ws: WebSocket, socket: Socket, address: string, timers: Timers) {
    this.address = address;
    this.#ws = ws;
    this.#socket = socket;
    this.#timers = timers;
    this.#nextBeat = timers.after(PING_EVERY_MS, () => this.#beat());
  }

  /** Starts telling what comes in. */
  listen(events: ConnectionEvents): void {
    this.#ws.on("message", (data: Buffer, isBinary: boolean) => {
      this.#heard = true;
      if (isBinary) events.binary();
      else events.text(data.toString());
    });
    this.#ws.on("ping", () => events.control());
    this.#ws.on("pong", () => {
      this.#heard = true;
      events.control();
    });
    // ws closes by itself after an error, with the code that RFC 6455 has for it.
    this.#ws.on("error", () => {});
    this.#ws.on("close", (code) => {
      this.#nextBeat();
      events.closed(code);
    });
  }

  send(frame: EncodedFrame): void {
    if (this.#ws.readyState !== WebSocket.OPEN) return;
    // Judged before the write: one large page of history is not the reader's fault.
    if (this.unread > UNREAD_BYTES_MAX) this.cutOff();
    else this.#socket.write(frame);
  }

  get unread(): number {
    return this.#socket.writableLength;
  }

  whenDrained(run: () => void): void {
    if (this.#socket.writableNeedDrain) this.#socket.once("drain", run);
    else setImmediate(run);
  }

  cutOff(): void {
    // The code stands behind what was not read; ws cuts the socket soon after in any case.
    this.close(CloseCode.tooSlow);
  }

  close(code: CloseCode): void {
    this.#ws.close(code);
  }

  /** Cuts the connection without a closing handshake. */
  terminate(): void {
    this.#ws.terminate();
  }

  /** Pings, and cuts a peer that stays silent: its socket is half open (SPEC P4). */
  #beat(): void {
    this.#heard = false;
    this.#ws.ping();
    if (this.#ws.protocol === SUBPROTOCOL) this.send(PING_FRAME);
    this.#nextBeat = this.#timers.after(PING_GRACE_MS, () => {
      if (!this.#heard) return this.terminate();
      this.#nextBeat = this.#timers.after(PING_EVERY_MS - PING_GRACE_MS, () => this.#beat());
    });
  }
}
