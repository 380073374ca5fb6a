import type { ServerResponse } from "node:http";
import type { CloseCode, Refusal } from "@parley/protocol";
import type { Connection, CutOff } from "../../delivery/connection.ts";
import type { Frames } from "../../delivery/encoded-frames.ts";
import { STREAM_BEAT_MS } from "../../limits/limits.ts";
import type { CancelTimer } from "../../timing/timer-wheel.ts";
import { Outgoing, type OutgoingDeps, type Owner } from "../outgoing.ts";
import { framingFor, type EventFraming } from "./event-framing.ts";
import { responseSink } from "./response-sink.ts";

export const EVENT_STREAM = "text/event-stream; charset=utf-8";

/** Tells proxies not to cache the stream and not to wait for its end. */
const HEADERS = {
  "Content-Type": EVENT_STREAM,
  "Cache-Control": "no-store, no-transform",
  "X-Accel-Buffering": "no",
};

/** The answer to a poll is a frame a line. */
const POLL_HEADERS = { ...HEADERS, "Content-Type": "application/x-ndjson" };
const asLines: EventFraming = (texts) => Buffer.from(texts.map((text) => `${text}\n`).join(""));

const A_BEAT = Buffer.from(":\n\n");

/** How long a poll waits for the answers of conversations, in ms. */
const ANSWERED_WITHIN_MS = 2_000;

/** Unlike any close code of a WebSocket: the response ended without one. */
const ABNORMAL = 1006;

export interface StreamOptions {
  readonly address: string;
  readonly sendsAll: boolean;
  /**
   * A poll: the stream ends once it has told more than that nothing is new, or after so many ms.
   * Undefined for one that stays.
   */
  readonly waitMs?: number | undefined;
  /** How many conversations the request opens; a poll has the answers of all of them. */
  readonly conversations?: number;
}

export interface EventStreamDeps extends OutgoingDeps {
  onCutOff(why: CutOff): void;
}

export interface EventStreamEvents {
  /** The first frame is a refusal: there is no stream, and the request is answered. */
  refused(why: Refusal): void;
  /** Once, at the end. */
  closed(code: number): void;
}

/** What a join is shown of a log, as far as it matters here. */
interface Shown {
  readonly epoch: string;
  readonly recovered: boolean;
  readonly entries: readonly unknown[];
}

interface Joined extends Shown {
  readonly bell?: Shown;
}

/** An answer, as far as it matters here. */
type Answer =
  | { readonly type: "error"; readonly payload: Refusal }
  | { readonly type: "joined"; readonly payload: Joined };

/** A frame of a conversation, as far as it matters here. */
interface Enveloped {
  readonly payload: { readonly frame: Answer };
}

/**
 * The response to a request as a Connection: server-sent events, a frame each. It begins with the
 * first frame, so that a refusal is an answer like any other. An entry's event has its place as `id`.
 * The response to a poll has a frame a line, and its end.
 */
export class EventStream implements Connection, Owner {
  readonly address: string;
  /** Who reads events cannot ask for what is missing: all of it is sent. */
  readonly sendsAll: boolean;
  readonly #response: ServerResponse;
  readonly #outgoing: Outgoing;
  readonly #deps: EventStreamDeps;
  readonly #events: EventStreamEvents;
  readonly #waitMs: number | undefined;
  #state: "opening" | "open" | "closed" = "opening";
  #framing: EventFraming | undefined;
  #nextBeat: CancelTimer | undefined;
  /** How many conversations were asked for and not answered. */
  #unanswered: number;
  /** Whether there was more to tell than that nothing is new. */
  #hasNews = false;
  #isEnding = false;

  constructor(
    response: ServerResponse,
    { address, sendsAll, waitMs, conversations = 0 }: StreamOptions,
    deps: EventStreamDeps,
    events: EventStreamEvents,
  ) {
    this.address = address;
    this.sendsAll = sendsAll;
    this.#waitMs = waitMs;
    this.#unanswered = conversations;
    this.#response = response;
    this.#deps = deps;
    this.#events = events;
    this.#outgoing = new Outgoing(responseSink(response), deps, this);
    // A peer that goes breaks the response, which is no fault.
    response.on("error", () => {});
    response.once("close", () => this.#end());
  }

  send(frames: string | Frames): void {
    if (this.#state === "closed") return;
    if (typeof frames === "string") return this.#sendOne(frames);
    if (!this.#framing) return;
    this.#outgoing.writeAll(frames.in(this.#framing));
    this.#told(true);
  }

  get unread(): number {
    return this.#outgoing.unread;
  }

  whenDrained(run: () => void): void {
    this.#outgoing.whenDrained(run);
  }

  /** Ends the stream; its last event tells the code, as a socket's close would. */
  close(code: CloseCode): void {
    if (this.#state !== "open") this.terminate();
    else if (this.#waitMs === undefined) this.#response.end(`event: close\ndata: ${code}\n\n`);
    else this.#response.end();
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
      const isPoll = this.#waitMs !== undefined;
      this.#framing = isPoll ? asLines : framingFor(answer.payload.epoch);
      if (this.#state === "opening") return this.#open(frame, answer.payload);
    }
    if (!this.#framing) return;
    this.#outgoing.write(this.#framing([frame]));
    this.#told(this.#isNews(frame));
  }

  /** Whether a frame tells more than that a conversation has nothing new; counts the answers. */
  #isNews(frame: string): boolean {
    if (this.#unanswered === 0 || !frame.startsWith('{"type":"private"')) return true;
    const inner = (JSON.parse(frame) as Enveloped).payload.frame;
    if (inner.type !== "joined" && inner.type !== "error") return true;
    this.#unanswered -= 1;
    return inner.type === "error" || hasNews(inner.payload);
  }

  #open(frame: string, joined: Joined): void {
    this.#state = "open";
    this.#response.writeHead(200, this.#waitMs === undefined ? HEADERS : POLL_HEADERS);
    if (this.#framing) this.#outgoing.write(this.#framing([frame]));
    if (this.#waitMs === undefined) return this.#beatLater();
    const waitMs = this.#unanswered > 0 ? Math.max(this.#waitMs, ANSWERED_WITHIN_MS) : this.#waitMs;
    this.#nextBeat = this.#deps.timers.after(waitMs, () => this.#endPoll());
    this.#told(hasNews(joined) || (joined.bell !== undefined && hasNews(joined.bell)));
  }

  /** A poll ends once it has news and every conversation was answered. */
  #told(isNews: boolean): void {
    this.#hasNews ||= isNews;
    const isEnough = this.#hasNews || this.#waitMs === 0;
    if (isEnough && this.#unanswered === 0) this.#endPoll();
  }

  /** A poll has something to tell: what comes in the same turn goes with it. */
  #endPoll(): void {
    if (this.#waitMs === undefined || this.#isEnding) return;
    this.#isEnding = true;
    setImmediate(() => {
      if (this.#state !== "open") return;
      this.#state = "closed";
      this.#response.end();
      this.#outgoing.watch();
    });
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

function hasNews({ recovered, entries }: Omit<Shown, "epoch">): boolean {
  return !recovered || entries.length > 0;
}
