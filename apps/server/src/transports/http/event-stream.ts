import type { IncomingMessage, ServerResponse } from "node:http";
import type { CloseCode, Refusal } from "@parley/protocol";
import type { Connection, CutOff } from "../../delivery/connection.ts";
import type { EncodedFrames } from "../../delivery/encoded-frames.ts";
import { STREAM_BEAT_MS } from "../../limits/limits.ts";
import type { Cancel } from "../../timing/timer-wheel.ts";
import { Outgoing, type OutgoingDeps, type Owner } from "../outgoing.ts";
import { framingFor, type EventFraming } from "./event-framing.ts";

/** Tells proxies not to cache the stream and not to wait for its end. */
const HEADERS = {
  "Content-Type": "text/event-stream; charset=utf-8",
  "Cache-Control": "no-store, no-transform",
  "X-Accel-Buffering": "no",
};

const A_BEAT = Buffer.from(":\n\n");

/** Unlike any close code of a WebSocket: the response ended without one. */
const ABNORMAL = 1006;

export interface EventStreamDeps extends OutgoingDeps {
  onCutOff(why: CutOff): void;
}

export interface EventStreamEvents {
  /** The first frame is a refusal: there is no stream, and the request is answered. */
  refused(why: Refusal): void;
  /** Once, at the end. */
  closed(code: number): void;
}

/** An answer, as far as it matters here. */
type Answer =
  | { readonly type: "error"; readonly payload: Refusal }
  | { readonly type: "joined"; readonly payload: { readonly epoch: string } };

/**
 * The response to a request as a Connection: server-sent events, a frame each. It begins with the
 * first frame, so that a refusal is an answer like any other. An entry's event has its place as `id`.
 */
export class EventStream implements Connection, Owner {
  readonly address: string;
  /** Who reads events cannot ask for what is missing: all of it is sent. */
  readonly sendsAll: boolean;
  readonly #response: ServerResponse;
  readonly #outgoing: Outgoing;
  readonly #deps: EventStreamDeps;
  readonly #events: EventStreamEvents;
  #state: "opening" | "open" | "closed" = "opening";
  #framing: EventFraming | undefined;
  #nextBeat: Cancel | undefined;

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    { address, sendsAll }: { readonly address: string; readonly sendsAll: boolean },
    deps: EventStreamDeps,
    events: EventStreamEvents,
  ) {
    this.address = address;
    this.sendsAll = sendsAll;
    this.#response = response;
    this.#deps = deps;
    this.#events = events;
    const { socket } = request;
    this.#outgoing = new Outgoing(
      {
        write: (bytes) => response.write(bytes),
        once: (event, listener) => response.once(event, listener),
        get writableLength() {
          return response.writableLength;
        },
        get writableNeedDrain() {
          return response.writableNeedDrain;
        },
        get bytesWritten() {
          return socket.bytesWritten;
        },
      },
      deps,
      this,
    );
    // A peer that goes breaks the response, which is no fault.
    response.on("error", () => {});
    response.once("close", () => this.#end());
  }

  send(frames: string | EncodedFrames): void {
    if (this.#state === "closed") return;
    if (typeof frames === "string") return this.#sendOne(frames);
    if (this.#framing) this.#outgoing.write(frames.in(this.#framing));
  }

  get unread(): number {
    return this.#outgoing.unread;
  }

  whenDrained(run: () => void): void {
    this.#outgoing.whenDrained(run);
  }

  /** Ends the stream; its last event tells the code, as a socket's close would. */
  close(code: CloseCode): void {
    if (this.#state === "open") this.#response.end(`event: close\ndata: ${code}\n\n`);
    else this.terminate();
  }

  /** Cuts the stream. */
  terminate(): void {
    this.#response.destroy();
  }

  cutOff(why: CutOff): void {
    if (this.#state !== "open") return;
    this.#deps.onCutOff(why);
    this.terminate();
  }

  /** A frame for this connection alone: an answer. `joined` comes first, and tells the epoch. */
  #sendOne(frame: string): void {
    if (this.#state === "opening" || frame.startsWith('{"type":"joined"')) {
      const answer = JSON.parse(frame) as Answer;
      if (answer.type === "error") return this.#refuse(answer.payload);
      this.#framing = framingFor(answer.payload.epoch);
      if (this.#state === "opening") this.#open();
    }
    if (this.#framing) this.#outgoing.write(this.#framing([frame]));
  }

  #open(): void {
    this.#state = "open";
    this.#response.writeHead(200, HEADERS);
    this.#beatLater();
  }

  #refuse(why: Refusal): void {
    this.#state = "closed";
    this.#events.refused(why);
  }

  #end(): void {
    this.#state = "closed";
    this.#nextBeat?.();
    this.#outgoing.end();
    this.#events.closed(ABNORMAL);
  }

  /** Proxies end what is silent for half a minute. */
  #beatLater(): void {
    this.#nextBeat = this.#deps.timers.after(STREAM_BEAT_MS, () => {
      this.#outgoing.write(A_BEAT);
      this.#beatLater();
    });
  }
}
