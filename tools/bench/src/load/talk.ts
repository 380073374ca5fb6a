import { setTimeout as sleep } from "node:timers/promises";
import { dueAtOf, isOf, PROBE, probeBody } from "./body.ts";
import type { LargeOrders } from "./large-orders.ts";
import type { Ear, Population } from "./population.ts";
import { sharedNow } from "./shared-clock.ts";
import { dueBy } from "./speech.ts";

const TICK_MS = 1;
/** Overdue messages are sent in batches of this many, so that reading continues. */
const PER_TICK_MAX = 200;

type Talk = LargeOrders["talk"];

/** Lets members speak in turn at a fixed rate, and counts what arrives from all generators. */
export async function talk(population: Population, order: Talk["order"]): Promise<Talk["report"]> {
  const { startsAt, warmMs, measureMs, graceMs, rate, mark, bodyBytes: bytes } = order;
  const lostBefore = population.lostCount;
  const hearing = new Hearing(mark, order.sampleEvery, startsAt + warmMs);
  population.ear = hearing;
  const speakers = population.members.filter(
    ({ place }) => order.room === undefined || place.room === order.room,
  );
  const measureFrom = startsAt + warmMs;
  const measureTo = measureFrom + measureMs;
  let sent = 0;
  let before: number | undefined;
  for (let now = sharedNow(); now < measureTo; now = sharedNow()) {
    if (now >= measureFrom) before ??= hearing.count;
    const due = speakers.length === 0 ? 0 : dueBy(now - startsAt, rate);
    for (const last = Math.min(due, sent + PER_TICK_MAX); sent < last; sent += 1) {
      const dueAt = startsAt + (sent * 1_000) / rate;
      speakers[sent % speakers.length]?.say(
        probeBody({ mark, bytes }, dueAt),
        order.firstNumber + sent,
      );
    }
    await sleep(TICK_MS);
  }
  const deliveries = hearing.count - (before ?? 0);
  await sleep(graceMs);
  return {
    sent,
    arrived: hearing.count,
    deliveries,
    delays: Float64Array.from(hearing.delays),
    lost: population.lostCount - lostBefore,
  };
}

/** Counts the deliveries of one talk, and keeps the delays of some. */
class Hearing implements Ear {
  count = 0;
  readonly delays: number[] = [];
  readonly #mark: string;
  readonly #sampleEvery: number;
  readonly #measureFrom: number;

  constructor(mark: string, sampleEvery: number, measureFrom: number) {
    this.#mark = mark;
    this.#sampleEvery = sampleEvery;
    this.#measureFrom = measureFrom;
  }

  message(bytes: Buffer, body: number): void {
    if (bytes[body] !== PROBE || !isOf(this.#mark, bytes, body)) return;
    this.count += 1;
    if (this.count % this.#sampleEvery !== 0) return;
    const dueAt = dueAtOf(bytes, body);
    if (dueAt >= this.#measureFrom) this.delays.push(sharedNow() - dueAt);
  }
}
