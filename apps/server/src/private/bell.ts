import {
  PAGE_ENTRIES_MAX,
  type Bell,
  type EntryFrame,
  type RangFrame,
  type Since,
} from "@parley/protocol";
import { CATCH_UP_RETRY_MS } from "../limits/limits.ts";
import { continuation, LogUnavailable, type RoomLog } from "../log/log.ts";
import type { CancelTimer, Timers } from "../timing/timer-wheel.ts";
import { trimmedAt } from "../rooms/join-snapshot.ts";

/** Listens to a bell. */
export interface BellEvents {
  /** Called in the order of the bell, once for each ring. */
  rang(ring: RangFrame): void;
  /** The bell was reset: earlier rings no longer hold. */
  reset(): void;
  /** Reports an unexpected error: a bug. */
  onFailure(error: unknown): void;
}

/** Follows a member's bell for one connection. */
export class BellFollower {
  readonly #log: RoomLog;
  readonly #bellId: string;
  readonly #timers: Timers;
  readonly #events: BellEvents;
  /** Undefined until it is known. */
  #toldUpTo: number | undefined;
  /** The last `seq` that is known. */
  #head = 0;
  /** Increases with every reset of the bell. */
  #generation = 0;
  #isReading = true;
  #stop: (() => void) | undefined;
  #retry: CancelTimer | undefined;
  #lifecycle: "open" | "closed" = "open";

  constructor(log: RoomLog, bellId: string, timers: Timers, events: BellEvents) {
    this.#log = log;
    this.#bellId = bellId;
    this.#timers = timers;
    this.#events = events;
  }

  /** Listens from now on. Throws LogUnavailable. */
  async follow(): Promise<void> {
    const stop = await this.#log.follow(
      this.#bellId,
      (entry) => this.#hear(asRing(entry)),
      () => this.#reset(),
    );
    if (this.#lifecycle === "open") this.#stop = stop;
    else stop();
  }

  /**
   * Reads the rings after `since`, or the last ones; the others are reported after `start`. Called
   * after `follow`. Throws LogUnavailable.
   * @param address the network address of the member
   */
  async read(since: Since | undefined, address: string): Promise<Bell> {
    const bell = await readBell(this.#log, this.#bellId, since, address);
    this.#toldUpTo = bell.entries.at(-1)?.payload.seq ?? bell.head;
    this.#head = Math.max(this.#head, bell.head);
    return bell;
  }

  /** Reports rings from now on, and those that were not read. */
  start(): void {
    this.#isReading = false;
    this.#catchUp();
  }

  close(): void {
    this.#lifecycle = "closed";
    this.#retry?.();
    this.#stop?.();
  }

  #reset(): void {
    if (this.#lifecycle === "closed") return;
    this.#generation += 1;
    this.#toldUpTo = undefined;
    this.#head = 0;
    this.#events.reset();
  }

  #hear(ring: RangFrame): void {
    if (this.#lifecycle === "closed") return;
    const { seq } = ring.payload;
    this.#head = Math.max(this.#head, seq);
    // Nobody asked for earlier rings: the first new ring is the first that is reported.
    this.#toldUpTo ??= seq - 1;
    if (this.#isReading) return;
    if (seq === this.#toldUpTo + 1) this.#tell(ring);
    else this.#catchUp();
  }

  #tell(ring: RangFrame): void {
    this.#toldUpTo = ring.payload.seq;
    this.#events.rang(ring);
  }

  #catchUp(): void {
    if (this.#isReading || (this.#toldUpTo ?? Infinity) >= this.#head) return;
    this.#isReading = true;
    this.#readOn().then(
      () => {
        this.#isReading = false;
        this.#catchUp();
      },
      (error: unknown) => {
        this.#isReading = false;
        this.#later(error, () => this.#catchUp());
      },
    );
  }

  async #readOn(): Promise<void> {
    const after = this.#toldUpTo ?? 0;
    const [head, generation] = [this.#head, this.#generation];
    const { entries } = await this.#log.read(this.#bellId, { after, limit: PAGE_ENTRIES_MAX });
    if (this.#lifecycle === "closed" || generation !== this.#generation) return;
    for (const entry of entries) this.#tell(asRing(entry));
    // Rings that were trimmed before they could be read are lost.
    if (entries.length === 0) this.#toldUpTo = head;
  }

  /** Tries again if the log is away; anything else is a bug. */
  #later(error: unknown, act: () => void): void {
    if (!(error instanceof LogUnavailable)) return this.#events.onFailure(error);
    if (this.#lifecycle === "open") this.#retry = this.#timers.after(CATCH_UP_RETRY_MS, act);
  }
}

/** Reads the rings after `since`, or, if the bell does not continue it, the last ones. */
async function readBell(
  log: RoomLog,
  bellId: string,
  since: Since | undefined,
  address: string,
): Promise<Bell> {
  const limit = PAGE_ENTRIES_MAX;
  if (since) {
    // The ring at `since.seq` is only compared.
    const after = Math.max(0, since.seq - 1);
    const page = await log.read(bellId, { after, limit: limit + 1 }, address);
    if (continuation(since, page).is === "continued") {
      const { epoch, head } = page;
      const later = page.entries.filter((entry) => entry.payload.seq > since.seq);
      const entries = later.slice(0, limit).map(asRing);
      return { epoch, head, entries, recovered: true, missed: head - since.seq };
    }
  }
  const { epoch, head, first, entries } = await log.read(bellId, { limit }, address);
  const rings = entries.map(asRing);
  return { epoch, head, entries: rings, recovered: false, missed: 0, ...trimmedAt(first) };
}

/** A bell has only rings; the type of the port names the entries of rooms. */
function asRing(entry: EntryFrame): RangFrame {
  return entry as unknown as RangFrame;
}
