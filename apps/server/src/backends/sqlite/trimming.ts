import type { Reading } from "../../timing/believable-clock.ts";
import type { Retention } from "../../log/retention.ts";
import type { TrimmingReport } from "../../log/host-reports.ts";
import { AgeLimit, machineClocks } from "../../log/retention.ts";
import { Overtaken } from "./ownership.ts";
import type { SqliteStore } from "./store.ts";
import type { Upkeep } from "./upkeep.ts";

/** How often it is looked whether there is anything to drop, in ms. */
const ROUND_EVERY_MS = 60_000;
/** How long the steps of a round are apart, in ms, and how many times as long as a step took. */
const STEP_EVERY_MS = 20;
const PAUSE_FACTOR = 4;
/** Rooms that are trimmed in one step, at the most, and entries of them that go. */
export const ROOMS_A_STEP = 8;
export const ENTRIES_A_STEP = 64;
/** Items of the shelf that have ended, and go in one step, at the most. */
const ITEMS_A_STEP = 64;
/** Steps after which the write-ahead log is brought into the database, so that this takes not long. */
const STEPS_A_CHECKPOINT = 4;
/** Free pages that the file keeps for what comes, and how many it gives back in one step. */
export const FREE_PAGES_KEPT = 2_048;
export const PAGES_A_STEP = 64;

type Why = "age" | "number";

/** Drops the entries beyond the retention, a few in each step. */
export class Trimming {
  readonly #store: SqliteStore;
  readonly #upkeep: Upkeep;
  readonly #retention: Retention;
  readonly #tell: (report: TrimmingReport) => void;
  readonly #limit: AgeLimit;
  #steps = 0;
  /** What was dropped and not reported yet. */
  readonly #gone: Record<Why, { entries: number; rooms: Set<string> }> = {
    age: { entries: 0, rooms: new Set() },
    number: { entries: 0, rooms: new Set() },
  };
  #toldAt: number;

  constructor(
    store: SqliteStore,
    upkeep: Upkeep,
    retention: Retention,
    read: () => Reading,
    tell: (report: TrimmingReport) => void,
  ) {
    this.#store = store;
    this.#upkeep = upkeep;
    this.#retention = retention;
    this.#tell = tell;
    this.#limit = new AgeLimit(retention.ageMs, upkeep.lastAt(), read, tell);
    this.#toldAt = this.#limit.steady;
    store.lengths.watch(retention.entries);
  }

  /** @returns how long to wait before the next, in ms */
  step(): number {
    this.#limit.look();
    const dropped = this.#dropSome();
    const shrunk = !dropped && this.#upkeep.shrink(FREE_PAGES_KEPT, PAGES_A_STEP);
    if (dropped || shrunk) {
      this.#steps += 1;
      if (this.#steps % STEPS_A_CHECKPOINT === 0) this.#upkeep.checkpoint();
      if (this.#limit.steady - this.#toldAt >= ROUND_EVERY_MS) this.#tellGone();
      return STEP_EVERY_MS;
    }
    this.#tellGone();
    return ROUND_EVERY_MS;
  }

  #dropSome(): boolean {
    const { entries: keep } = this.#retention;
    const { since, passed } = this.#limit;
    const long = this.#store.lengths.some(ROOMS_A_STEP);
    const old = Number.isFinite(since) ? this.#store.ages.before(since, ROOMS_A_STEP) : [];
    const ended = Number.isFinite(passed) && this.#store.shelf.hasEnded(passed);
    if (long.length === 0 && old.length === 0 && !ended) return false;
    const gone = this.#store.transaction(() => {
      let left = ENTRIES_A_STEP;
      const drop = (why: Why, id: string, keep: number, since: number) => {
        const entries = left > 0 ? this.#store.trim(id, keep, since, left) : 0;
        left -= entries;
        return { why, id, entries };
      };
      if (ended) this.#store.shelf.drop(passed, ITEMS_A_STEP);
      return [
        ...long.map((id) => drop("number", id, keep, -Infinity)),
        ...old.map(({ id }) => drop("age", id, Infinity, since)),
      ];
    });
    for (const { why, id, entries } of gone) {
      if (entries === 0) continue;
      this.#gone[why].entries += entries;
      this.#gone[why].rooms.add(id);
    }
    return ended || gone.some(({ entries }) => entries > 0);
  }

  #tellGone(): void {
    this.#toldAt = this.#limit.steady;
    for (const why of ["age", "number"] as const) {
      const { entries, rooms } = this.#gone[why];
      if (entries === 0) continue;
      this.#tell({ is: "trimmed", why, entries, rooms: rooms.size });
      this.#gone[why] = { entries: 0, rooms: new Set() };
    }
  }
}

/**
 * Trims in small steps between the batches.
 * @param tell told what went, and of a clock that is not believed
 * @param onOvertaken told if another server took the log over; nothing more is done then
 * @returns stops it
 */
export function startTrimming(
  store: SqliteStore,
  upkeep: Upkeep,
  retention: Retention,
  tell: (report: TrimmingReport) => void,
  onOvertaken: (error: Overtaken) => void,
): () => void {
  const trimming = new Trimming(store, upkeep, retention, machineClocks, tell);
  let timer = setTimeout(step, STEP_EVERY_MS);

  function step(): void {
    const began = performance.now();
    // A disk that fails now is tried again later; nothing was dropped.
    let pause = ROUND_EVERY_MS;
    try {
      pause = trimming.step();
    } catch (error) {
      if (error instanceof Overtaken) return onOvertaken(error);
    }
    timer = setTimeout(step, Math.max(pause, (performance.now() - began) * PAUSE_FACTOR));
  }
  return () => clearTimeout(timer);
}
