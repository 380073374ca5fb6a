import { decodeDown, encode, unreachable } from "@parley/protocol";
import type { Cancel, Clock } from "./clock.ts";
import type { RoomEvent } from "./events.ts";
import type { Stored } from "./outbox.ts";
import { RefusedError } from "./refused-error.ts";
import type { RoomRecall } from "./room-recall.ts";
import { tie, type TieEnds, type Ties } from "./session-ties.ts";
import { currentState } from "./session/changes.ts";
import type { Effect, HistoryPage } from "./session/effect.ts";
import type { Input } from "./session/input.ts";
import { recallable } from "./session/recalling.ts";
import { react } from "./session/session.ts";
import type { Session } from "./session/state.ts";
import { due } from "./session/timing.ts";
import type { Goodbye, Transport } from "./transport.ts";

/** What a session's effects are done with. */
export interface Surroundings extends TieEnds {
  readonly clock: Clock;
  readonly random: () => number;
  readonly openSocket: () => Transport;
  /** Undefined where nothing is remembered between visits. */
  readonly recall: RoomRecall | undefined;
}

type Listener = (event: RoomEvent) => void;

interface Reader {
  resolve(page: HistoryPage): void;
  reject(error: RefusedError): void;
}

/** Feeds a session what happens, one thing at a time, and does what it asks for. */
export class SessionRunner {
  readonly #around: Surroundings;
  readonly #listeners = new Set<Listener>();
  readonly #readers = new Map<number, Reader>();
  #session: Session;
  /** What happened while something else is dealt with; undefined where nothing is. */
  #inputs: Input[] | undefined;
  #socket: Transport | undefined;
  #timer: { readonly at: number; readonly cancel: Cancel } | undefined;
  /** Undefined while the connection is over. */
  #ties: Ties | undefined;
  #lastReader = 0;

  /** Opens the first socket and reads what is remembered and what waits. */
  constructor(session: Session, around: Surroundings) {
    this.#session = session;
    this.#around = around;
    this.#open();
    around.recall?.load((cached) => this.dispatch({ type: "recalled", cached }));
    this.#lookAhead();
  }

  get session(): Session {
    return this.#session;
  }

  /** Something happened. What happens meanwhile, by a listener say, comes after it. */
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

  /** Tells the listener how things stand, then everything that happens. */
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
    const { clock, random } = this.#around;
    const { session, effects } = react(this.#session, input, { now: clock.now(), random });
    this.#session = session;
    // Whoever subscribes while this is told has been told already how it ends.
    const audience = [...this.#listeners];
    for (const effect of effects) this.#do(effect, audience);
    const room = recallable(session);
    if (room) this.#around.recall?.note(room);
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
        this.#socket?.send(encode(effect.frame));
        break;
      case "tell":
        this.#tell(effect.event, audience);
        break;
      case "store":
        this.#store(effect.stored);
        break;
      case "forget":
        this.#around.outbox.remove(effect.id);
        break;
      case "load":
        this.#around.outbox.load((kept) => this.dispatch({ type: "loaded", kept }));
        break;
      case "press":
        this.#ties?.press();
        break;
      case "turn":
        this.#takeReader(effect.key)?.resolve(effect.page);
        break;
      case "refuse":
        this.#takeReader(effect.key)?.reject(new RefusedError(effect.refusal));
        break;
      default:
        unreachable(effect);
    }
  }

  #open(): void {
    const socket = this.#around.openSocket();
    this.#socket = socket;
    const fromThis = (input: Input) => {
      // A socket that was given up may still have something to tell; nobody listens.
      if (this.#socket === socket) this.dispatch(input);
    };
    socket.listen({
      opened: () => fromThis({ type: "opened" }),
      received: (text) => {
        const decoded = decodeDown(text);
        fromThis(decoded.ok ? { type: "frame", frame: decoded.frame } : { type: "noise" });
      },
      closed: (code) => fromThis({ type: "closed", code }),
    });
  }

  #drop(how: Goodbye): void {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close(how);
  }

  #store(stored: Stored): void {
    this.#around.outbox.put(stored, (kept) => this.dispatch({ type: "stored", stored, kept }));
  }

  #tell(event: RoomEvent, audience: readonly Listener[]): void {
    for (const listener of audience) {
      if (!this.#listeners.has(listener)) continue;
      try {
        listener(event);
      } catch (error) {
        // A listener that fails must not keep the others from hearing; its error is still seen.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  #takeReader(key: number): Reader | undefined {
    const reader = this.#readers.get(key);
    this.#readers.delete(key);
    return reader;
  }

  /** Keeps one timer for whatever is due first, and the ties while the connection is not over. */
  #lookAhead(): void {
    const at = due(this.#session);
    // A timer that fires too early only looks again.
    if (at === undefined || !this.#timer || at < this.#timer.at) {
      this.#timer?.cancel();
      this.#timer = at === undefined ? undefined : this.#timerAt(at);
    }
    if (at === undefined) this.#untie();
    else this.#ties ??= tie(this.#around, (input) => this.dispatch(input));
  }

  #untie(): void {
    if (!this.#ties) return;
    this.#ties.end();
    this.#ties = undefined;
    this.#around.recall?.flush();
    // Whatever waits is another tab's to send from now on.
    this.dispatch({ type: "turn", whose: "theirs" });
  }

  #timerAt(at: number): { at: number; cancel: Cancel } {
    const { clock } = this.#around;
    const cancel = clock.after(Math.max(0, at - clock.now()), () => {
      this.#timer = undefined;
      this.dispatch({ type: "tick" });
    });
    return { at, cancel };
  }
}
