import { setTimeout as sleep } from "node:timers/promises";
import { sharedNow } from "../load/shared-clock.ts";
import { subjects } from "../processes/subject.ts";
import type { Measured, Row, RowVerdict } from "../rows/row.ts";
import { boundOfJoining, boundOfTalk, nearestBound, type Use } from "./bound.ts";
import { converse, costOf, watch, type Spoken } from "./speaking.ts";
import { move, populate } from "./gather.ts";
import { evenly } from "./plan.ts";
import { Site } from "./site.ts";

const KB = 1_024;
const SECONDS_A_MINUTE = 60;
/** How long all members may take to join, in ms. */
const JOINED_WITHIN_MS = 210_000;
const SETTLE_MS = 3_000;
const IDLE_MS = 10_000;
const WARM_MS = 2_000;
const MINUTE_MS = 30_000;
const HALL_MS = 15_000;
/** The usual room, and the large one. */
const ROOM = 10;
const HALL = 10_000;
const HALL_RATE = 10;

/** As many members as asked for, idle, then talking, then many of them in one room. */
export const membersRow = (members: number): Row => ({
  name: `members-${members}`,
  measure: (bench) =>
    Site.with(subjects.parley, members, bench.openFiles, async (site) => {
      const verdicts: RowVerdict[] = [];
      const measured: Measured[] = [];
      const add = (variant: string, figure: number, more: Omit<Measured, "subject" | "figure">) =>
        measured.push({ subject: "parley", variant, figure, ...more });

      const rooms = Math.max(1, Math.round(members / ROOM));
      const before = await site.collectedBytes();
      bench.progress(`${members} members join (${site.processes})`);
      site.use();
      const joined = await populate(site, rooms, JOINED_WITHIN_MS);
      const joinUse = site.use();
      const perSecond = (joined.joined * 1_000) / joined.ms;
      add("joining", Number.NaN, {
        notes: [
          `${Math.round(perSecond)} joins a second, ${joined.failed} tries failed`,
          said(boundOfJoining(joined, joinUse), joinUse),
        ],
      });
      verdicts.push({ of: "in at once", value: joined.joined, unit: "members" });
      verdicts.push({ of: "joins a second", value: perSecond, unit: "joins/s" });

      bench.progress("idle");
      await sleep(SETTLE_MS);
      const each = (await site.collectedBytes()) - before;
      verdicts.push({ of: "server memory a member", value: each / joined.joined / KB, unit: "KB" });
      const { cores, use } = await watch(site, sharedNow(), IDLE_MS);
      add("idle", Number.NaN, {
        serverCpu: cores.servers,
        storeCpu: cores.store,
        notes: [
          said(undefined, use),
          `HAProxy ${Math.round(cores.proxies * 100)} %`,
          memoryNote(site),
        ],
      });

      bench.progress("one message a minute each");
      const talking = { rate: joined.joined / SECONDS_A_MINUTE, readers: joined.joined / rooms };
      const minute = await converse(site, {
        mark: "M",
        ...talking,
        warmMs: WARM_MS,
        measureMs: MINUTE_MS,
      });
      add("a message a minute each", costOf(minute, cores.servers), lineOf(minute));

      const counts = evenly(Math.min(HALL, joined.joined), site.plan.parts.length);
      const readers = counts.reduce((sum, count) => sum + count, 0);
      bench.progress(`${readers} of them join one room`);
      site.use();
      const moved = await move(site, rooms, counts, JOINED_WITHIN_MS);
      const moveUse = site.use();
      add("joining one room", Number.NaN, {
        notes: [
          `${Math.round((moved.joined * 1_000) / moved.ms)} joins a second, ${moved.failed} tries failed`,
          said(boundOfJoining(moved, moveUse), moveUse),
        ],
      });
      bench.progress("somebody there speaks ten times a second");
      const hall = await converse(site, {
        mark: "H",
        rate: HALL_RATE,
        readers: moved.joined,
        room: rooms,
        warmMs: WARM_MS,
        measureMs: HALL_MS,
      });
      add(`a room of ${moved.joined}, 10 messages/s`, costOf(hall, cores.servers), lineOf(hall));
      verdicts.push({ of: "a message a minute each, p99", value: minute.p99, unit: "ms" });
      verdicts.push({ of: `a room of ${moved.joined}, p99`, value: hall.p99, unit: "ms" });
      return {
        title: `${members} members: server CPU a delivery above idle, and what bounds it`,
        conditions: `${site.processes}; rooms of ${ROOM}, then one of ${readers}; appendfsync always; everything on the same cores`,
        unit: "µs",
        verdicts,
        measured,
      };
    }),
});

function lineOf(spoken: Spoken): Omit<Measured, "subject" | "figure"> {
  const { p50, p99, arrived, cores, use, deliveriesPerSecond } = spoken;
  return {
    p50,
    p99,
    arrived,
    serverCpu: cores.servers,
    storeCpu: cores.store,
    notes: [
      said(boundOfTalk(spoken, use), use),
      `${Math.round(deliveriesPerSecond)} deliveries/s`,
      `HAProxy ${Math.round(cores.proxies * 100)} %`,
    ],
  };
}

function said(bound: string | undefined, use: Use): string {
  return bound === undefined ? `held; in use: ${nearestBound(use)}` : `bounded by ${bound}`;
}

function memoryNote(site: Site): string {
  const { store, proxies } = site.otherBytes();
  const mb = (bytes: number) => `${Math.round(bytes / KB / KB)} MB`;
  return `Redis has ${mb(store)}, HAProxy ${mb(proxies)}`;
}
