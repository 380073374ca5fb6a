import { setTimeout as sleep } from "node:timers/promises";
import { fillerBody, probeBody, type BodyKind } from "./body.ts";
import type { Crowd } from "./crowd.ts";
import type { Guest } from "./guest.ts";

const TICK_MS = 1;
/** Overdue messages are sent in batches of this many, so that reading continues. */
const PER_TICK_MAX = 1_000;
/** The number of probes is chosen so that about this many copies return in a second. */
const SAMPLES_PER_SECOND = 20_000;
/** An odd number near 2³² divided by the golden ratio: it spreads the probes over all clients. */
const SPREAD = 0x9e37_79b1;

/** How many messages are due after this time at this rate. */
export function dueBy(elapsedMs: number, perSecond: number): number {
  return Math.max(0, Math.floor((elapsedMs * perSecond) / 1_000));
}

/** Whether this message is a probe: about one in `every` is. */
export function isProbe(number: number, every: number): boolean {
  return (Math.imul(number, SPREAD) >>> 0) * every < 2 ** 32;
}

/**
 * Lets the clients send in turn at a fixed rate, even if earlier messages are late or lost. The
 * time of a late message counts from when it was due, so that waiting for a busy server is counted.
 */
export class Speech {
  sent = 0;
  /** The copies of messages, and of probes from `measureFrom` on, that should return. */
  dueCopies = 0;
  dueProbes = 0;
  readonly #crowd: Crowd;
  readonly #rate: number;
  readonly #body: BodyKind;
  readonly #startsAt: number;
  readonly #measureFrom: number;
  readonly #speakers: readonly Guest[];
  readonly #readers: readonly number[];
  readonly #probeEvery: number;

  /**
   * @param rate messages a second
   * @param startsAt when the first message is due, in ms; `measureFrom` likewise
   */
  constructor(crowd: Crowd, rate: number, body: BodyKind, startsAt: number, measureFrom: number) {
    this.#crowd = crowd;
    this.#rate = rate;
    this.#body = body;
    this.#startsAt = startsAt;
    this.#measureFrom = measureFrom;
    const { awake } = crowd;
    this.#speakers = awake.toSorted((a, b) => a.place.seat - b.place.seat);
    this.#readers = Array.from(
      { length: crowd.rooms },
      (_, room) => awake.filter(({ place }) => place.room === room).length,
    );
    const copies = awake.length / crowd.rooms;
    this.#probeEvery = Math.max(1, Math.round((rate * copies) / SAMPLES_PER_SECOND));
  }

  /** Sends until this time. */
  async until(at: number): Promise<void> {
    for (;;) {
      const now = performance.now();
      const due = dueBy(Math.min(now, at) - this.#startsAt, this.#rate);
      const last = Math.min(due, this.sent + PER_TICK_MAX);
      while (this.sent < last) this.#say(this.sent);
      if (now >= at) return;
      await sleep(TICK_MS);
    }
  }

  #say(number: number): void {
    this.sent += 1;
    const guest = this.#speakers[number % this.#speakers.length];
    if (!guest) return;
    const copies = this.#readers[guest.place.room] ?? 0;
    this.dueCopies += copies;
    if (!isProbe(number, this.#probeEvery)) {
      this.#crowd.say(guest, fillerBody(this.#body));
      return;
    }
    const dueAt = this.#startsAt + (number * 1_000) / this.#rate;
    if (dueAt >= this.#measureFrom) this.dueProbes += copies;
    this.#crowd.say(guest, probeBody(this.#body, dueAt));
  }
}
