import { setTimeout as sleep } from "node:timers/promises";
import { percentile } from "@parley/testkit/percentile";
import type { Part } from "../load/large-orders.ts";
import { sharedNow } from "../load/shared-clock.ts";
import type { Reception, Use } from "./bound.ts";
import type { CpuMs, Site } from "./site.ts";

const BODY_BYTES = 64;
const MICROSECONDS = 1_000_000;
/** From the order until the first message is due, in ms: all generators must have it by then. */
const LEAD_MS = 200;
const GRACE_MS = 2_000;
/** How many delays are kept a second, of all generators together. */
const SAMPLES_PER_SECOND = 5_000;
/** No two generators' messages have the same number. */
const NUMBERS_EACH = 100_000_000;

/** How members speak. */
export interface Talking {
  /** One character, which no other talk on this site has. */
  readonly mark: string;
  /** Messages a second of all members. */
  readonly rate: number;
  /** How many members receive each message. */
  readonly readers: number;
  /** Only members of this room speak; by default all do. */
  readonly room?: number;
  readonly warmMs: number;
  readonly measureMs: number;
}

/** What came of it. */
export interface Spoken extends Reception {
  readonly p50: number;
  readonly messagesPerSecond: number;
  readonly deliveriesPerSecond: number;
  /** CPU in the measured time; 1 is one core. */
  readonly cores: CpuMs;
  readonly use: Use;
}

/** Lets the members speak at a fixed rate, and measures what arrives. */
export async function converse(site: Site, talking: Talking): Promise<Spoken> {
  const { mark, rate, readers, room, warmMs, measureMs } = talking;
  const members = site.plan.parts.reduce((total, { count }) => total + count, 0);
  const speaksFor = ({ count }: Part, place: number) => {
    if (room === undefined) return count / members;
    return place === 0 ? 1 : 0;
  };
  const startsAt = sharedNow() + LEAD_MS;
  const running = site.all((part, place) => ({
    do: "talk",
    mark,
    firstNumber: 1 + place * NUMBERS_EACH + mark.charCodeAt(0) * (NUMBERS_EACH / 1_000),
    rate: rate * speaksFor(part, place),
    bodyBytes: BODY_BYTES,
    room,
    startsAt,
    warmMs,
    measureMs,
    graceMs: GRACE_MS,
    sampleEvery: Math.max(1, Math.round((rate * readers) / SAMPLES_PER_SECOND)),
  }));
  const watching = watch(site, startsAt + warmMs, measureMs);
  const [reports, { cores, use }] = await Promise.all([running, watching]);
  const sum = (of: (report: (typeof reports)[number]) => number) =>
    reports.reduce((total, report) => total + of(report), 0);
  const delays = reports.flatMap((report) => [...report.delays]).toSorted((a, b) => a - b);
  const sent = sum((report) => report.sent);
  return {
    arrived: sum((report) => report.arrived) / (sent * readers),
    lost: sum((report) => report.lost),
    p50: percentile(delays, 0.5),
    p99: percentile(delays, 0.99),
    messagesPerSecond: (sent * 1_000) / (warmMs + measureMs),
    deliveriesPerSecond: (sum((report) => report.deliveries) * 1_000) / measureMs,
    cores,
    use,
  };
}

/** The CPU of a site from a time on, for so long. */
export async function watch(
  site: Site,
  from: number,
  forMs: number,
): Promise<{ readonly cores: CpuMs; readonly use: Use }> {
  await sleep(Math.max(0, from - sharedNow()));
  site.use();
  const startedAt = sharedNow();
  const before = site.cpuMs();
  await sleep(forMs);
  const after = site.cpuMs();
  const ms = sharedNow() - startedAt;
  const cores = {
    servers: (after.servers - before.servers) / ms,
    proxies: (after.proxies - before.proxies) / ms,
    store: (after.store - before.store) / ms,
  };
  return { cores, use: site.use() };
}

/** The CPU of the servers for a delivery, beyond what they use while nobody speaks, in µs. */
export function costOf({ cores, deliveriesPerSecond }: Spoken, idleCores: number): number {
  return ((cores.servers - idleCores) * MICROSECONDS) / deliveriesPerSecond;
}
