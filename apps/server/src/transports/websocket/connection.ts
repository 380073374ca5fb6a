import { networkKey } from "../../limits/addresses.ts";
import type { FairTurns } from "../../limits/fair-turns.ts";
import type { Socket } from "node:net";
import { CloseCode, encode, PING_EVERY_MS, PING_GRACE_MS, SUBPROTOCOL } from "@parley/protocol";
import { WebSocket } from "ws";
import { EncodedFrames, type Frames } from "../../delivery/encoded-frames.ts";
import { Outgoing, type OutgoingDeps, type Owner } from "../outgoing.ts";
import { limitFrameSizes, type LargeFrameGate } from "./frame-sizes.ts";
import { listen, type PeerSocket, type SocketListener } from "./peer-socket.ts";
import { textFrame, textFrames } from "./text-frames.ts";
import type { Connection, CutOff } from "../../delivery/connection.ts";
import type { CancelTimer } from "../../timing/timer-wheel.ts";

const PING = new EncodedFrames([encode({ type: "ping", payload: {} })]);

/** What a connection tells the session that talks over it. */
export interface ConnectionEvents {
  receive(text: string): void;
  /** @param done to be called once nothing of it is held any more */
  receiveBinary(data: Uint8Array, done: () => void): void;
  /** A ping or a pong came; the answer to a ping is on its way already. */
  receiveControl(): void;
  /** Once, at the end; 1006 if there was no closing handshake. */
  closed(code: number): void;
}

export interface ConnectionDeps extends OutgoingDeps {
  /** Turns of network addresses while the server is busy. */
  readonly turns: Pick<FairTurns, "take">;
  onCutOff(why: CutOff): void;
  /** A connection ended; its session is told next. */
  onEnded(connection: SocketConnection): void;
  /**
   * Counts what a network address sent.
   * @returns how long to wait before more is read from it, in ms
   */
  sent(address: string, frames: number, bytes: number): number;
  /** Counts a binary frame in that is larger than a text may be; undefined if there are too many. */
  admitLargeFrame(address: string): (() => void) | undefined;
}

/** Frames of a network that may wait for their turn before no more is read from its connections. */
export const WAITING_FRAMES_MAX = 8;

/** What it costs, in ms, to read from a connection that was paused: up to 64 KiB wait there. */
const READ_ON_MS = 0.5;

/**
 * A WebSocket as a Connection: ws reads, answers pings and closes. Frames from the room are written
 * past ws, straight to the TCP socket, so that one buffer serves a whole room. Both write whole
 * frames at once (nothing is compressed), so no frame is ever torn. The same limits hold for what
 * either writes: how much may wait, for how long, and how much on the whole server.
 */
export class SocketConnection implements Connection, Owner, SocketListener, LargeFrameGate {
  readonly address: string;
  readonly sendsAll = false;
  readonly #network: string;
  readonly #ws: PeerSocket;
  readonly #outgoing: Outgoing;
  readonly #deps: ConnectionDeps;
  #session: ConnectionEvents | undefined;
  #heard = true;
  #nextBeat: CancelTimer;
  #readOn: CancelTimer | undefined;
  /** Counts the large frame out that arrives. */
  #largeFrame: (() => void) | undefined;
  /** Frames that came and wait for their turn, and the turn to be read on. */
  #waiting = 0;

  constructor(ws: PeerSocket, socket: Socket, address: string, deps: ConnectionDeps) {
    this.address = address;
    this.#network = networkKey(address);
    this.#ws = ws;
    this.#deps = deps;
    this.#outgoing = new Outgoing(socket, deps, this);
    this.#nextBeat = deps.timers.after(PING_EVERY_MS, () => this.#beat());
  }

  /** Starts telling what comes in. */
  listen(session: ConnectionEvents): void {
    this.#session = session;
    this.#readInTime(0, 0);
    limitFrameSizes(this.#ws, this);
    listen(this.#ws, this);
  }

  admitsLargeFrame(): boolean {
    this.#largeFrame ??= this.#deps.admitLargeFrame(this.address);
    return this.#largeFrame !== undefined;
  }

  onMessage(data: Buffer, isBinary: boolean): void {
    this.#heard = true;
    this.#readInTime(1, data.length);
    const done = this.#largeFrame ?? ignore;
    this.#largeFrame = undefined;
    this.#inTurn(() => {
      if (isBinary) this.#session?.receiveBinary(data, done);
      else this.#session?.receive(data.toString());
    });
  }

  onPing(): void {
    // ws cuts those for whom many answers wait.
    this.#outgoing.watch();
    this.#readInTime(1, 0);
    this.#session?.receiveControl();
  }

  onPong(): void {
    this.#heard = true;
    this.#readInTime(1, 0);
    this.#session?.receiveControl();
  }

  onClose(code: number): void {
    this.#nextBeat();
    this.#outgoing.end();
    this.#largeFrame?.();
    this.#readOn?.();
    // What was sent before the end is done before it.
    if (this.#waiting > 0) this.#inTurn(() => this.#end(code));
    else this.#end(code);
  }

  send(frames: string | Frames): void {
    if (this.#ws.readyState !== WebSocket.OPEN) return;
    if (typeof frames === "string") this.#outgoing.write(textFrame(frames));
    else this.#outgoing.writeAll(frames.in(textFrames));
  }

  get unread(): number {
    return this.#outgoing.unread;
  }

  whenDrained(run: () => void): void {
    this.#outgoing.whenDrained(run);
  }

  close(code: CloseCode): void {
    this.#ws.close(code);
  }

  /** Cuts the connection without a closing handshake. */
  terminate(): void {
    this.#ws.terminate();
  }

  cutOff(why: CutOff): void {
    if (this.#ws.readyState !== WebSocket.OPEN) return;
    this.#deps.onCutOff(why);
    if (why === "memory") return this.terminate();
    // The code stands behind what was not read; ws cuts the socket soon after in any case.
    this.close(CloseCode.tooSlow);
  }

  #end(code: number): void {
    this.#deps.onEnded(this);
    this.#session?.closed(code);
  }

  /**
   * Counts what came, and reads no more from an address that sent too much until it is time:
   * nothing is lost, and the network tells its peers to wait.
   */
  #readInTime(frames: number, bytes: number): void {
    if (this.#ws.readyState !== WebSocket.OPEN) return;
    const wait = this.#deps.sent(this.address, frames, bytes);
    if (wait === 0 || this.#readOn) return;
    this.#ws.pause();
    this.#readOn = this.#deps.timers.after(wait, () => {
      this.#readOn = undefined;
      if (this.#waiting === 0) this.#readOnInTurn();
      this.#readInTime(0, 0);
    });
  }

  /** Handles what came, in the turn of its network; if much waits, no more is read until then. */
  #inTurn(handle: () => void): void {
    this.#waiting += 1;
    const waitingOfNetwork = this.#deps.turns.take(this.#network, () => {
      this.#waiting -= 1;
      handle();
      if (this.#waiting === 0 && this.#ws.isPaused && !this.#readOn) this.#readOnInTurn();
    });
    if (this.#waiting === 0 || waitingOfNetwork < WAITING_FRAMES_MAX || this.#ws.isPaused) return;
    if (this.#ws.readyState === WebSocket.OPEN) this.#ws.pause();
  }

  /**
   * Reads on, in the turn of its network address. Without turns, all paused connections would be
   * read at the same moment and hold up everything else.
   */
  #readOnInTurn(): void {
    this.#waiting += 1;
    this.#deps.turns.take(this.#network, () => {
      this.#waiting -= 1;
      if (this.#waiting > 0 || this.#readOn || !this.#ws.isPaused) return 0;
      this.#ws.resume();
      return READ_ON_MS;
    });
  }

  /** Pings, and cuts a peer that stays silent: its socket is half open (SPEC P4). */
  #beat(): void {
    this.#heard = false;
    this.#ws.ping();
    if (this.#ws.protocol === SUBPROTOCOL) this.send(PING);
    this.#nextBeat = this.#deps.timers.after(PING_GRACE_MS, () => {
      // A peer that is not read now may have answered.
      if (!this.#heard && !this.#readOn && this.#waiting === 0) return this.terminate();
      this.#nextBeat = this.#deps.timers.after(PING_EVERY_MS - PING_GRACE_MS, () => this.#beat());
    });
  }
}

function ignore(): void {}
