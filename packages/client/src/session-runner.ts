import { decodeDown, encode, unreachable, type FileInfo, type Refusal } from "@parley/protocol";
import type { Cancel, Clock } from "./clock.ts";
import type { RoomEvent } from "./events.ts";
import type { FileUploads } from "./files/file-uploads.ts";
import { reportBug } from "./report-bug.ts";
import { RefusedError } from "./refused-error.ts";
import {
  subscribeSession,
  type SubscriptionDeps,
  type Subscriptions,
} from "./session-subscriptions.ts";
import { currentState } from "./session/change-events.ts";
import { cacheable, due, react } from "./session/session.ts";
import type { Effect, HistoryPage } from "./session/machine/effect.ts";
import type { Input } from "./session/machine/input.ts";
import type { SessionState } from "./session/state.ts";
import type { OutboxRecord } from "./storage/outbox.ts";
import type { RoomCacheWriter } from "./storage/room-cache-writer.ts";
import type { Goodbye, Transport } from "./transports/transport.ts";

/** What a session's effects need. */
export interface RunnerDeps extends SubscriptionDeps {
  readonly clock: Clock;
  readonly random: () => number;
  readonly openTransport: () => Transport;
  /** Undefined: a message is sent without an upload. */
  readonly files: FileUploads | undefined;
  /** Undefined without a cache. */
  readonly cache: RoomCacheWriter | undefined;
}

type Listener = (event: RoomEvent) => void;

interface Reader {
  resolve(page: HistoryPage): void;
  reject(error: RefusedError): void;
}

/** Feeds inputs to a session, one at a time, and carries out its effects. */
export class SessionRunner {
  readonly #deps: RunnerDeps;
  readonly #listeners = new Set<Listener>();
  readonly #readers = new Map<number, Reader>();
  /** Stops the upload of each message's files. */
  readonly #uploads = new Map<string, Cancel>();
  #session: SessionState;
  /** Inputs that arrived while another is handled; undefined while none is. */
  #inputs: Input[] | undefined;
  #transport: Transport | undefined;
  #timer: { readonly at: number; readonly cancel: Cancel } | undefined;
  /** Undefined while the connection is over. */
  #subscriptions: Subscriptions | undefined;
  #lastReader = 0;

  /** Opens the first connection, and reads the cache and the outbox. */
  constructor(session: SessionState, deps: RunnerDeps) {
    this.#session = session;
    this.#deps = deps;
    this.#open();
    deps.cache?.load((cached) => this.dispatch({ type: "restored", cached }));
    this.#lookAhead();
  }

  get session(): SessionState {
    return this.#session;
  }

  /** Handles an input. Inputs that arrive meanwhile, for example from a listener, come after it. */
  dispatch(input: Input): void {
    if (this.#inputs) {
      this.#inputs.push(input);
      return;
    }
    this.#inputs = [input];
    try {
      for (let next = this.#inputs.shift(); next; next = this.#inputs.shift()) this.#step(next);
    } finally {
      this.#inputs = undefined;
      this.#lookAhead();
    }
  }

  /** Sends the listener the current state, then every event. */
  subscribe(listener: Listener): Cancel {
    const own: Listener = (event) => listener(event);
    this.#listeners.add(own);
    for (const event of currentState(this.#session)) own(event);
    return () => void this.#listeners.delete(own);
  }

  history(before: number, limit: number): Promise<HistoryPage> {
    const key = (this.#lastReader += 1);
    const { promise, resolve, reject } = Promise.withResolvers<HistoryPage>();
    this.#readers.set(key, { resolve, reject });
    this.dispatch({ type: "history", request: { for: "reader", key, before, limit } });
    return promise;
  }

  #step(input: Input): void {
    const { clock, random } = this.#deps;
    const { state, effects } = react(this.#session, input, { now: clock.now(), random });
    this.#session = state;
    // A listener that subscribes meanwhile already got the state after this step.
    const audience = [...this.#listeners];
    for (const effect of effects) this.#do(effect, audience);
    const room = cacheable(state);
    if (room) this.#deps.cache?.note(room);
  }

  #do(effect: Effect, audience: readonly Listener[]): void {
    switch (effect.do) {
      case "open":
        this.#open();
        break;
      case "drop":
        this.#drop(effect.how);
        break;
      case "send":
        this.#transport?.send(encode(effect.frame));
        break;
      case "tell":
        this.#tell(effect.event, audience);
        break;
      case "store":
        this.#store(effect.record);
        break;
      case "forget":
        this.#deps.outbox.remove(effect.id);
        if (effect.files.length > 0) this.#deps.files?.forget(effect.files, effect.isSent);
        break;
      case "upload":
        this.#upload(effect.id, effect.files);
        break;
      case "stopUpload":
        this.#uploads.get(effect.id)?.();
        this.#uploads.delete(effect.id);
        break;
      case "load":
        this.#deps.outbox.load((records) => this.dispatch({ type: "loaded", records }));
        break;
      case "requestSendLock":
        this.#subscriptions?.requestSendLock();
        break;
      case "resolvePage":
        this.#takeReader(effect.key)?.resolve(effect.page);
        break;
      case "rejectPage":
        this.#takeReader(effect.key)?.reject(new RefusedError(effect.refusal));
        break;
      default:
        unreachable(effect);
    }
  }

  #open(): void {
    const transport = this.#deps.openTransport();
    this.#transport = transport;
    const dispatch = (input: Input) => {
      // Ignore what a transport reports after the session gave it up.
      if (this.#transport === transport) this.dispatch(input);
    };
    transport.listen({
      opened: () => dispatch({ type: "opened" }),
      received: (text) => {
        const decoded = decodeDown(text);
        dispatch(decoded.ok ? { type: "frame", frame: decoded.frame } : { type: "unknownFrame" });
      },
      closed: (code) => dispatch({ type: "closed", code }),
    });
  }

  #drop(how: Goodbye): void {
    const transport = this.#transport;
    this.#transport = undefined;
    transport?.close(how);
  }

  #store(record: OutboxRecord): void {
    this.#deps.outbox.put(
      record,
      (records) => this.dispatch({ type: "stored", record, records }),
      () => this.dispatch({ type: "unkept" }),
    );
  }

  /** Without a port for files, they were uploaded already. */
  #upload(id: string, files: readonly FileInfo[]): void {
    const done = (refusal?: Refusal) => {
      this.#uploads.delete(id);
      this.dispatch({ type: "uploaded", id, refusal });
    };
    if (!this.#deps.files) return done();
    this.#uploads.set(id, this.#deps.files.upload(files, done));
  }

  #tell(event: RoomEvent, audience: readonly Listener[]): void {
    for (const listener of audience) {
      if (!this.#listeners.has(listener)) continue;
      try {
        listener(event);
      } catch (error) {
        // A listener that throws must not stop the others.
        reportBug(error);
      }
    }
  }

  #takeReader(key: number): Reader | undefined {
    const reader = this.#readers.get(key);
    this.#readers.delete(key);
    return reader;
  }

  /**
   * Sets one timer for the next due time, and keeps the subscriptions until the connection is over.
   */
  #lookAhead(): void {
    const at = due(this.#session);
    // A timer that fires too early only looks again.
    if (at === undefined || !this.#timer || at < this.#timer.at) {
      this.#timer?.cancel();
      this.#timer = at === undefined ? undefined : this.#timerAt(at);
    }
    if (at === undefined) this.#unsubscribe();
    else this.#subscriptions ??= subscribeSession(this.#deps, (input) => this.dispatch(input));
  }

  #unsubscribe(): void {
    if (!this.#subscriptions) return;
    this.#subscriptions.end();
    this.#subscriptions = undefined;
    this.#deps.cache?.flush();
    // From now on another tab sends what is queued.
    this.dispatch({ type: "sendLock", isHeld: false });
  }

  #timerAt(at: number): { at: number; cancel: Cancel } {
    const { clock } = this.#deps;
    const cancel = clock.after(Math.max(0, at - clock.now()), () => {
      this.#timer = undefined;
      this.dispatch({ type: "tick" });
    });
    return { at, cancel };
  }
}
