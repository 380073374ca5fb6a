import { setTimeout } from "node:timers/promises";
import type { Reading } from "../../timing/believable-clock.ts";
import type { RedisConnection } from "./connection.ts";
import { AgeLimit, machineClocks } from "../../log/retention.ts";
import { LogUnavailable } from "../../log/log.ts";
import { EVERY_META, keysOf, roomOfMeta, sweeping } from "./log-scripts.ts";
import type { TrimmingReport } from "../../log/host-reports.ts";

/** How often the clocks are looked at, in ms. */
const LOOK_EVERY_MS = 60_000;
/** How often all rooms are swept, in ms. */
export const ROUND_EVERY_MS = 3_600_000;
/** Keys that Redis looks at in one step of a round, about. */
const KEYS_A_STEP = 100;
/** How long the steps of a round are apart, in ms. */
const STEP_EVERY_MS = 20;

/** What a sweep goes by besides Redis. */
export interface SweepDeps {
  readonly read: () => Reading;
  /** Told what went, and of a clock that is not believed. */
  readonly tell: (report: TrimmingReport) => void;
  readonly pause: (ms: number) => Promise<unknown>;
}

/**
 * Deletes by age in Redis, a little in each step, by a clock that is believed and not by Redis's own.
 * Any number of servers may do so at once: what one has deleted, the others do not find.
 */
export class RedisSweep {
  readonly #redis: RedisConnection;
  readonly #ageMs: number;
  readonly #deps: SweepDeps;
  /** There once all rooms were looked at: belief begins with the last entry of all. */
  #limit: AgeLimit | undefined;
  #sweptAt = -Infinity;

  constructor(redis: RedisConnection, ageMs: number, deps: SweepDeps) {
    this.#redis = redis;
    this.#ageMs = ageMs;
    this.#deps = deps;
  }

  /** To be called every minute; sweeps if it is time. Throws LogUnavailable. */
  async look(): Promise<void> {
    const limit = this.#limit;
    if (!limit) {
      const lastAt = await this.#round();
      this.#limit = new AgeLimit(this.#ageMs, lastAt, this.#deps.read, this.#deps.tell);
      return;
    }
    limit.look();
    if (!Number.isFinite(limit.since) || limit.steady - this.#sweptAt < ROUND_EVERY_MS) return;
    const began = limit.steady;
    await this.#round();
    this.#sweptAt = began;
  }

  /** @returns when the last entry of all was written */
  async #round(): Promise<number | undefined> {
    let lastAt: number | undefined;
    let gone = 0;
    let roomsTouched = 0;
    try {
      for await (const roomId of this.#rooms()) {
        const swept = await this.#sweep(roomId);
        gone += swept.entries;
        if (swept.entries > 0) roomsTouched += 1;
        if (swept.lastAt > 0) lastAt = Math.max(lastAt ?? 0, swept.lastAt);
      }
    } finally {
      if (gone > 0) {
        this.#deps.tell({ is: "trimmed", why: "age", entries: gone, rooms: roomsTouched });
      }
    }
    return lastAt;
  }

  /** All rooms that were there all the while; one that is moved to another server may be left out. */
  async *#rooms(): AsyncGenerator<string> {
    for (const ask of await this.#redis.servers()) {
      let cursor = "0";
      do {
        const scan = ["SCAN", cursor, "MATCH", EVERY_META, "COUNT", String(KEYS_A_STEP)];
        const [next, keys] = (await ask(scan)) as [string, string[]];
        for (const key of keys) {
          const roomId = roomOfMeta(key);
          if (roomId !== undefined) yield roomId;
        }
        cursor = next;
        await this.#pause();
      } while (cursor !== "0");
    }
  }

  async #sweep(roomId: string): Promise<{ entries: number; lastAt: number }> {
    const age = Number.isFinite(this.#ageMs) ? String(this.#ageMs) : "0";
    for (let entries = 0; ; await this.#pause()) {
      const since = String(Math.max(0, this.#limit?.since ?? 0));
      try {
        const reply = await this.#redis.call(sweeping, "sweep", keysOf(roomId), [since, age]);
        const [count, hasMore, lastAt] = reply as [number, number, string];
        entries += count;
        if (hasMore === 0) return { entries, lastAt: Number(lastAt) };
      } catch (error) {
        // One room that Redis refuses keeps no other from being swept.
        if (!(error instanceof LogUnavailable)) throw error;
        return { entries, lastAt: 0 };
      }
    }
  }

  /** If the clock is set back, that counts at once. */
  async #pause(): Promise<void> {
    await this.#deps.pause(STEP_EVERY_MS);
    this.#limit?.look();
  }
}

/**
 * Sweeps now and then, for as long as the server runs.
 * @param tell told what went, and of a clock that is not believed
 * @returns stops it
 */
export function startSweeping(
  redis: RedisConnection,
  ageMs: number,
  tell: (report: TrimmingReport) => void,
): () => void {
  const stopping = new AbortController();
  const { signal } = stopping;
  const pause = (ms: number) => setTimeout(ms, undefined, { signal, ref: false });
  const sweep = new RedisSweep(redis, ageMs, { read: machineClocks, tell, pause });

  async function sweepOn(): Promise<void> {
    for (;;) {
      await pause(LOOK_EVERY_MS);
      try {
        if (redis.isUp) await sweep.look();
      } catch (error) {
        // A Redis that fails now is swept later.
        if (!(error instanceof LogUnavailable)) throw error;
      }
    }
  }
  sweepOn().catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  return () => stopping.abort();
}
