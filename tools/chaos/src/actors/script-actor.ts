import {
  generateEntryId,
  isEntry,
  PAGE_ENTRIES_MAX,
  unreachable,
  type DownFrame,
  type DownPayload,
  type LogEntry,
  type Since,
  type UpFrame,
} from "@parley/protocol";
import { PlainClient } from "@parley/testkit/plain-client";
import { happens, oneOf, whole, type Chance } from "../chance.ts";
import { bodyOf } from "../checker/content.ts";
import { Recorder, type Observe } from "./recorder.ts";
import { settingNow } from "./setting.ts";
import type { Actor } from "./actor.ts";

/** The longest wait before a reconnect, in ms. */
const RETRY_WITHIN_MS = 40;
/** The share of messages that reply to an earlier message of its own. */
const REPLIES = 0.15;

type Writing = Extract<UpFrame, { type: "chat" | "set" }>;

/** The state of a script. */
type State =
  | { readonly is: "away" }
  | { readonly is: "joining"; readonly socket: PlainClient }
  /** Fetches what it missed up to `head`; live entries wait until then. */
  | {
      readonly is: "catching-up";
      readonly socket: PlainClient;
      readonly head: number;
      readonly live: LogEntry[];
    }
  | { readonly is: "live"; readonly socket: PlainClient }
  | { readonly is: "ended" };

export interface ScriptActorOptions {
  readonly client: string;
  readonly url: string;
  readonly roomId: string;
  readonly chance: Chance;
  readonly record: Observe;
}

/**
 * A script over a plain WebSocket: it sends without waiting for answers, reconnects with `since`,
 * sends unanswered entries again under the same id, and shows entries as they arrive. It corrects
 * nothing, so that a gap or a double of the server's is found.
 */
export class ScriptActor implements Actor {
  readonly #recorder: Recorder;
  readonly #options: ScriptActorOptions;
  /** The entries without an answer, in the order of writing. */
  readonly #unanswered = new Map<string, Writing>();
  /** How often each id was sent: it may be answered as often, and is shown once. */
  readonly #sent = new Map<string, number>();
  /** The ids that were sent over this connection, and those that were sent twice: after a reset. */
  readonly #sentHere = new Set<string>();
  readonly #sentTwice = new Set<string>();
  #state: State = { is: "away" };
  #token: string | undefined;
  #since: Since | undefined;

  constructor(options: ScriptActorOptions) {
    this.#options = options;
    this.#recorder = new Recorder(options.client, options.record);
    void this.#connect();
  }

  get client(): string {
    return this.#options.client;
  }

  get isIn(): boolean {
    return this.#state.is === "live";
  }

  get isSettled(): boolean {
    return this.#unanswered.size === 0;
  }

  get pending(): number {
    return this.#unanswered.size;
  }

  get shownUpTo(): number {
    return this.#since?.seq ?? 0;
  }

  write(message: string): void {
    const { chance } = this.#options;
    const id = generateEntryId();
    const setting = settingNow(chance, this.#recorder);
    if (setting) return this.#wrote(id, { type: "set", payload: { ...setting.payload, id } });
    const { chats } = this.#recorder;
    const target = happens(chance, REPLIES) ? oneOf(chance, [...chats.keys()]) : undefined;
    const replying = target === undefined ? {} : { replyTo: target };
    this.#wrote(id, { type: "chat", payload: { id, message, ...replying } });
  }

  #wrote(id: string, frame: Writing): void {
    this.#recorder.wrote(id, bodyOf(frame));
    this.#unanswered.set(id, frame);
    if (this.#state.is === "live") this.#send(this.#state.socket, frame);
  }

  end(): void {
    const state = this.#state;
    this.#state = { is: "ended" };
    if ("socket" in state) state.socket.cut();
  }

  async #connect(): Promise<void> {
    const { url, roomId, client: name } = this.#options;
    const onFrame = (frame: DownFrame) => socket && this.#hear(socket, frame);
    const socket: PlainClient | undefined = await PlainClient.connect(url, { onFrame })
      // oxlint-disable-next-line house/no-bare-catch -- whatever refuses it, a script tries again
      .catch(() => undefined);
    if (!socket) return this.#retry();
    if (this.#state.is === "ended") return socket.cut();
    if (!socket.isOpen) return this.#retry();
    this.#state = { is: "joining", socket };
    this.#sentHere.clear();
    this.#sentTwice.clear();
    void socket.closed.then(() => this.#closed());
    const token = this.#token === undefined ? {} : { token: this.#token };
    const since = this.#since === undefined ? {} : { since: this.#since };
    socket.send("join", { roomId, name, ...token, ...since });
  }

  #closed(): void {
    if (this.#state.is === "ended") return;
    this.#state = { is: "away" };
    this.#retry();
  }

  #retry(): void {
    if (this.#state.is === "ended") return;
    setTimeout(() => void this.#connect(), whole(this.#options.chance, 1, RETRY_WITHIN_MS));
  }

  #send(socket: PlainClient, frame: Writing): void {
    const { id = "" } = frame.payload;
    this.#sent.set(id, (this.#sent.get(id) ?? 0) + 1);
    if (this.#sentHere.has(id)) this.#sentTwice.add(id);
    this.#sentHere.add(id);
    if (frame.type === "chat") socket.send("chat", frame.payload);
    else socket.send("set", frame.payload);
  }

  #hear(socket: PlainClient, frame: DownFrame): void {
    this.#recorder.onFrame(frame, this.#sentTwice);
    if (isEntry(frame)) return this.#entry(frame);
    switch (frame.type) {
      case "joined":
        return this.#joined(socket, frame.payload);
      case "history":
        this.#show(frame.payload.entries);
        return this.#goOn(socket);
      case "error":
        return this.#refused(socket, frame.payload);
      case "entered":
      case "left":
      case "renamed":
      case "typing":
      case "ping":
      case "pong":
      case "private":
      case "rang":
        return undefined;
      default:
        return unreachable(frame);
    }
  }

  #joined(socket: PlainClient, joined: DownPayload<"joined">): void {
    const { epoch, head, entries, recovered, truncatedBefore } = joined;
    this.#token = joined.token;
    this.#state = { is: "catching-up", socket, head, live: [] };
    if (!recovered) {
      const { client, record } = this.#recorder;
      const trimmed = truncatedBefore === undefined ? {} : { truncatedBefore };
      const isTold = truncatedBefore !== undefined && this.#since?.epoch === epoch;
      const why = this.#since === undefined ? "first" : isTold ? "truncated" : "reset";
      record({ client, is: "window", why, epoch, entries, ...trimmed });
      this.#since = { epoch, seq: head };
      this.#passed(entries);
    } else this.#show(entries);
    this.#goOn(socket);
  }

  /** Fetches the next page, or goes live and sends unanswered entries again, in their old order. */
  #goOn(socket: PlainClient): void {
    const state = this.#state;
    if (state.is !== "catching-up") return;
    if (this.shownUpTo < state.head) {
      return socket.send("history", { after: this.shownUpTo, limit: PAGE_ENTRIES_MAX });
    }
    this.#state = { is: "live", socket };
    // A page may have included the live entries.
    for (const entry of state.live) if (entry.payload.seq > this.shownUpTo) this.#entry(entry);
    for (const frame of this.#unanswered.values()) this.#send(socket, frame);
  }

  #show(entries: readonly LogEntry[]): void {
    const { client, epoch, record } = this.#recorder;
    record({ client, is: "shown", epoch, entries });
    this.#passed(entries);
  }

  #passed(entries: readonly LogEntry[]): void {
    const { epoch, person } = this.#recorder;
    for (const { payload } of entries) {
      this.#since = { epoch, seq: payload.seq, id: payload.id };
      if (payload.from.id === person) this.#unanswered.delete(payload.id);
    }
  }

  /** Shows a live entry, unless it only answers one that was sent again (SPEC D2). */
  #entry(entry: LogEntry): void {
    const state = this.#state;
    switch (state.is) {
      case "catching-up":
        state.live.push(entry);
        break;
      case "live":
        if (this.#onlyAnswers(entry)) this.#unanswered.delete(entry.payload.id);
        else this.#show([entry]);
        break;
      case "away":
      case "joining":
      case "ended":
        break;
      default:
        unreachable(state);
    }
  }

  #onlyAnswers({ payload: { id, seq, from } }: LogEntry): boolean {
    const isRepeated = from.id === this.#recorder.person && (this.#sent.get(id) ?? 0) > 1;
    return isRepeated && seq <= this.shownUpTo;
  }

  /** A final refusal ends an entry; after any other, it reconnects and sends the entry again. */
  #refused(socket: PlainClient, { ref, temporary }: DownPayload<"error">): void {
    const isOfJoining = ref === undefined && this.#state.is !== "live";
    if (!isOfJoining && (ref === undefined || !this.#unanswered.has(ref))) return;
    if (!temporary && ref !== undefined) {
      this.#unanswered.delete(ref);
      return;
    }
    const { client, record } = this.#recorder;
    record({ client, is: "overtaken", ids: [...this.#unanswered.keys()] });
    socket.cut();
  }
}
