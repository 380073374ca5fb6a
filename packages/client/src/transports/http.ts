import {
  decodeDown,
  isRefusalCode,
  roomApiPath,
  type DownPayload,
  type Since,
  type UpPayload,
} from "@parley/protocol";
import { reportBug } from "../report-bug.ts";
import { ABNORMAL, FramePoster } from "./frame-poster.ts";
import { KnownConversations, type PassedFrames } from "./known-conversations.ts";
import { KnownRoom, type Carried } from "./known-room.ts";
import { httpUrl, unlessLost } from "./server-answers.ts";
import type { Goodbye, Transport, TransportListener } from "./transport.ts";

/**
 * How frames from the server are fetched: by a response that stays open, or by one after the other.
 */
export type Way = "stream" | "poll";

/** The longest that a poll may wait, in seconds. */
const POLL_SECONDS = 25;
/** The least time between requests, in ms. In a busy room, a poll brings several entries. */
const PACE_MS = { stream: 1_000, poll: 250 } as const;

const A_SIGN_OF_LIFE = '{"type":"ping","payload":{}}';

interface Join {
  readonly ref?: string;
  readonly roomId: string;
  readonly name?: string;
  readonly token?: string;
  readonly since?: Since;
  readonly bell?: { readonly since?: Since };
}

interface RefusedRequest {
  readonly error?: { readonly code?: string };
}

/**
 * Opens a connection over HTTP: frames from the server arrive as a stream or by polls, frames from
 * the client go in requests beside it. A response that breaks off is followed by the next one, from
 * the last entry on.
 * @param socketUrl the address of the server's WebSockets
 */
export function openHttp(socketUrl: string, way: Way): Transport {
  return new HttpTransport(socketUrl, way);
}

class HttpTransport implements Transport {
  readonly #socketUrl: string;
  readonly #way: Way;
  readonly #poster: FramePoster;
  readonly #posts = new AbortController();
  #listener: TransportListener | undefined;
  #join: Join | undefined;
  #room: KnownRoom | undefined;
  #conversations = new KnownConversations();
  #request = new AbortController();
  #goodbye: Goodbye | undefined;

  constructor(socketUrl: string, way: Way) {
    this.#socketUrl = socketUrl;
    this.#way = way;
    this.#poster = new FramePoster({
      post: (body) => this.#post(body),
      answered: (frame) => this.#takeAnswer(frame),
      failed: (code) => this.#end(code),
    });
  }

  listen(listener: TransportListener): void {
    this.#listener = listener;
    queueMicrotask(() => this.#goodbye ?? listener.opened());
  }

  send(text: string): void {
    if (this.#goodbye) return;
    const { type, payload } = JSON.parse(text) as { type: string; payload: unknown };
    if (type === "join") {
      this.#join = payload as Join;
      void this.#follow();
    } else if (type === "ping") {
      // It is unknown whether the request is still alive, so another one finds out.
      this.#request.abort();
    } else if (type === "private") this.#sendPrivate(payload as UpPayload<"private">, text);
    else this.#poster.add(text);
  }

  #sendPrivate(payload: UpPayload<"private">, text: string): void {
    const does = this.#conversations.sent(payload);
    if (does === "asks") this.#poster.add(text);
    // The next request opens it, and all that are opened in the same task.
    else if (does === "opens") setTimeout(() => this.#request.abort());
  }

  close(how: Goodbye): void {
    if (this.#goodbye) return;
    this.#goodbye = how;
    this.#request.abort();
    if (how === "lost") this.#posts.abort();
  }

  /** The server or the network ended the connection. */
  #end(code: number): void {
    if (this.#goodbye) return;
    this.close("lost");
    this.#listener?.closed(code);
  }

  /** Requests frames again and again; the first request must be answered. */
  async #follow(): Promise<void> {
    let wait = 0;
    while (!this.#goodbye) {
      const from = performance.now();
      const request = new AbortController();
      this.#request = request;
      const isAnswered = await this.#ask(request.signal, wait);
      if (this.#goodbye) return;
      const isAborted = request.signal.aborted;
      if (!isAnswered && !isAborted) return this.#end(ABNORMAL);
      wait = isAborted ? 0 : POLL_SECONDS;
      const rest = from + PACE_MS[this.#way] - performance.now();
      if (rest > 0 && !isAborted) await pause(rest);
    }
  }

  /** @returns whether the room was joined */
  async #ask(signal: AbortSignal, wait: number): Promise<boolean> {
    let isAnswered = false;
    const path = this.#way === "poll" ? `/stream?wait=${wait}` : "/stream";
    const response = await unlessLost(this.#fetch(path, { signal, body: this.#joinFrame() }));
    if (!response?.body) return false;
    if (!response.ok) return this.#takeRefusal(await unlessLost(response.json()));
    let rest = "";
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const read = await unlessLost(reader.read());
      if (read?.value === undefined) return isAnswered;
      const lines = (rest + read.value).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (signal.aborted) return isAnswered;
        isAnswered = this.#takeLine(line) || isAnswered;
      }
    }
  }

  /**
   * Handles a line of server-sent events, or of a poll's answer. @returns whether it has a frame
   */
  #takeLine(line: string): boolean {
    const text = line.replace(/^data: /, "");
    const isFrame = text.startsWith("{");
    // The client judges what is no frame.
    if (isFrame && !decodeDown(text).ok) this.#tell(text);
    else if (isFrame) this.#take(JSON.parse(text) as Carried, text);
    else if (text.startsWith(":")) this.#tell(A_SIGN_OF_LIFE);
    else if (text !== line) this.#end(Number(text));
    return isFrame;
  }

  #take(frame: Carried, text = JSON.stringify(frame)): void {
    if (this.#goodbye) return;
    if (frame.type === "rang") return this.#pass(this.#conversations.rang(frame));
    if (frame.type === "private") {
      const payload = frame.payload as DownPayload<"private">;
      return this.#pass(this.#conversations.heard(payload, this.#way === "stream"));
    }
    if (frame.type === "joined") {
      const joined = frame.payload as DownPayload<"joined">;
      if (this.#room && joined.recovered) return this.#takeNews(joined, this.#room);
      this.#room = new KnownRoom(joined, this.#join?.since);
      this.#conversations.joined(joined.bell, this.#join?.bell?.since);
    } else this.#room?.note(frame);
    this.#tell(text);
  }

  /** Passes on what is new of the bell and the conversations. */
  #pass(taken: PassedFrames): void {
    if (taken === "broken") return this.#end(ABNORMAL);
    for (const frame of taken) this.#tell(JSON.stringify(frame));
  }

  /** A frame that the client fails to handle still counts as received. */
  #tell(text: string): void {
    try {
      this.#listener?.received(text);
    } catch (error) {
      reportBug(error);
    }
  }

  /** For the client the connection continued, so it gets only what it does not know. */
  #takeNews(joined: DownPayload<"joined">, room: KnownRoom): void {
    // A poll is followed by the next one; a stream continues from the head.
    if (this.#way === "stream" && joined.missed > joined.entries.length) return this.#end(ABNORMAL);
    this.#tell(A_SIGN_OF_LIFE);
    for (const frame of room.newsIn(joined)) this.#take(frame);
    this.#pass(this.#conversations.joinedAgain(joined.bell));
  }

  /**
   * The stream or poll reports a new entry in its place; an answer may only repeat an older one.
   */
  #takeAnswer(frame: unknown): void {
    const text = JSON.stringify(frame);
    if (this.#goodbye || !this.#room || !decodeDown(text).ok) return;
    if ((frame as Carried).type === "private") {
      const { payload } = frame as { payload: DownPayload<"private"> };
      return this.#pass(this.#conversations.answered(payload));
    }
    const { seq = 0 } = (frame as Carried).payload;
    if (seq <= this.#room.head) this.#tell(text);
  }

  /**
   * Reports a refused join to the client if the client can read the reason. @returns whether it can
   */
  #takeRefusal(answer: unknown): boolean {
    const { error } = Object(answer) as RefusedRequest;
    if (this.#room || !isRefusalCode(`${error?.code}`)) return false;
    const ref = this.#join?.ref;
    this.#tell(JSON.stringify({ type: "error", payload: { ...error, ref } }));
    // The client decides what comes next.
    this.#goodbye ??= "lost";
    return true;
  }

  /** The join, from the last reported entry. The token goes in a header. */
  #joinFrame(): string {
    const now = this.#room && { name: this.#room.name, since: this.#room.since };
    const { bell, joins } = this.#conversations;
    const payload = {
      ...this.#join,
      token: undefined,
      ...now,
      ...(bell && { bell: { since: bell } }),
    };
    const frames = joins.length > 0 ? { frames: joins } : {};
    return JSON.stringify({ type: "join", payload, ...frames });
  }

  #post(body: string): Promise<Response> {
    const name = encodeURIComponent(this.#room?.name ?? "");
    const isLast = this.#goodbye === "left";
    const { signal } = this.#posts;
    return this.#fetch(`/frames?name=${name}`, { body, signal, keepalive: isLast });
  }

  #fetch(path: string, init: RequestInit): Promise<Response> {
    const token = this.#room?.token ?? this.#join?.token;
    const headers: Record<string, string> = { "Content-Type": "application/json" };
    if (token !== undefined) headers["Authorization"] = `Bearer ${token}`;
    const url = httpUrl(this.#socketUrl, roomApiPath(this.#join?.roomId ?? "", path));
    return fetch(url, { method: "POST", cache: "no-store", ...init, headers });
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
