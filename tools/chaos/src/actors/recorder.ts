import {
  isEntry,
  unreachable,
  withEntry,
  type DownFrame,
  type LogEntry,
  type Settings,
} from "@parley/protocol";
import type { Observation } from "../checker/observation.ts";

/** Records an observation. */
export type Observe = (observation: Observation) => void;

/** Records what a server sends to one client: its identity, acknowledgements, refusals. */
export class Recorder {
  readonly client: string;
  readonly record: Observe;
  /** The epoch of the client's present log; empty before the first `joined`. */
  epoch = "";
  /** The client's public id; empty before the first `joined`. */
  person = "";
  /** The client's own acknowledged messages, oldest first: each id with its `seq`. */
  readonly chats = new Map<string, number>();
  /** The last known settings. */
  settings: Settings = new Map();
  readonly #wrote = new Map<string, string>();

  constructor(client: string, record: Observe) {
    this.client = client;
    this.record = record;
  }

  /** The client's member is known already: its public id is a digest of its token (SPEC P2). */
  isStill(person: string): void {
    this.person = person;
    this.record({ client: this.client, is: "met", person });
  }

  /** The client is about to send this, under this id. */
  wrote(id: string, body: string): void {
    this.#wrote.set(id, body);
    this.record({ client: this.client, is: "wrote", id, body });
  }

  /** The client is about to send something else under an id that it used before. */
  wroteOver(id: string, body: string): void {
    this.#wrote.set(id, body);
  }

  /**
   * A frame arrived; call it before the frame takes effect.
   * @param sentTwice the ids that were sent twice over this connection
   */
  onFrame(frame: DownFrame, sentTwice: ReadonlySet<string> = new Set()): void {
    if (isEntry(frame)) {
      this.settings = withEntry(this.settings, frame);
      return this.#acknowledge([frame]);
    }
    switch (frame.type) {
      case "joined": {
        const { epoch, self, entries, settings = [] } = frame.payload;
        this.epoch = epoch;
        this.person = self.id;
        this.settings = new Map(settings.map((set) => [set.payload.key, set]));
        this.record({ client: this.client, is: "met", person: self.id });
        return this.#acknowledge(entries);
      }
      case "history":
        return this.#acknowledge(frame.payload.entries);
      case "error": {
        const { ref: id, temporary } = frame.payload;
        const body = id === undefined ? undefined : this.#wrote.get(id);
        if (id === undefined || body === undefined) return undefined;
        const { client } = this;
        const isOneOfTwo = sentTwice.has(id);
        return this.record({ client, is: "refused", id, body, final: !temporary, isOneOfTwo });
      }
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

  #acknowledge(entries: readonly LogEntry[]): void {
    for (const entry of entries) {
      if (entry.payload.from.id !== this.person) continue;
      if (entry.type === "chat") this.chats.set(entry.payload.id, entry.payload.seq);
      this.record({ client: this.client, is: "acknowledged", epoch: this.epoch, entry });
    }
  }
}
