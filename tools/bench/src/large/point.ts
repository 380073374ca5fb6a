import { setTimeout as sleep } from "node:timers/promises";
import { percentile } from "@parley/testkit/percentile";
import { sharedNow } from "../load/shared-clock.ts";
import { subjects, type SubjectName } from "../processes/subject.ts";
import type { Point } from "../rows/point.ts";
import type { Bench } from "../rows/row.ts";
import { boundOfJoining, boundOfTalk } from "./bound.ts";
import { populate } from "./gather.ts";
import { Site } from "./site.ts";
import { converse, costOf, watch } from "./speaking.ts";

const KB = 1_024;
/** How long all members may take to join, or to be back, in ms. */
const JOINED_WITHIN_MS = 150_000;
const BACK_WITHIN_MS = 150_000;
const SETTLE_MS = 2_000;
const IDLE_MS = 5_000;
const VISITS = 20;
const WARM_MS = 2_000;
const MEASURE_MS = 8_000;
/** So many deliveries a second, but no more messages than this. */
const DELIVERIES_PER_SECOND = 20_000;
const MESSAGES_PER_SECOND_MAX = 500;
/** Between the order to come back and the kill, in ms: all generators must have it by then. */
const LEAD_MS = 200;

/** Measures one point with new processes. Each figure that cannot be had is left out and explained. */
export function measurePoint(
  bench: Bench,
  subject: SubjectName,
  members: number,
  size: number,
): Promise<Point> {
  return Site.with(subjects[subject], members, bench.openFiles, async (site) => {
    const at = { subject, members, size };
    const rooms = Math.round(members / size);
    const before = await site.collectedBytes();
    site.use();
    const joined = await populate(site, rooms, JOINED_WITHIN_MS);
    const notIn = boundOfJoining(joined, site.use());
    const joinsPerSecond = (joined.joined * 1_000) / joined.ms;
    if (notIn !== undefined) return { ...at, figures: {}, bounds: [notIn], joinsPerSecond };
    await sleep(SETTLE_MS);
    const memory = ((await site.collectedBytes()) - before) / members / KB;
    const { cores: idle } = await watch(site, sharedNow(), IDLE_MS);
    const { tookMs } = await site.first({ do: "visit", visits: VISITS, rooms });
    const join = percentile(
      tookMs.toSorted((a, b) => a - b),
      0.5,
    );
    const rate = Math.min(MESSAGES_PER_SECOND_MAX, DELIVERIES_PER_SECOND / size);
    const spoken = await converse(site, {
      mark: "P",
      rate,
      readers: members / rooms,
      warmMs: WARM_MS,
      measureMs: MEASURE_MS,
    });
    const notHeard = boundOfTalk(spoken, spoken.use);
    const cpu = costOf(spoken, idle.servers);
    const back = await restart(site);
    return {
      ...at,
      figures: {
        memory,
        join,
        // Where idle members took more before than while they spoke, it is not known.
        ...(notHeard === undefined && cpu > 0 ? { cpu } : {}),
        ...(back.allS === undefined ? {} : { back: back.allS }),
      },
      bounds: [notHeard, back.bound].filter((bound) => bound !== undefined),
      joinsPerSecond,
      p99: spoken.p99,
      idleCores: idle.servers,
      halfBackS: back.halfS,
    };
  });
}

/** Kills all servers, starts them again, and waits until everybody is back. */
async function restart(site: Site) {
  const returning = site.all(() => ({ do: "come back", withinMs: BACK_WITHIN_MS }) as const);
  await sleep(LEAD_MS);
  const killedAt = sharedNow();
  const [reports] = await Promise.all([returning, site.restart()]);
  const wanted = reports.reduce((sum, report) => sum + report.wanted, 0);
  const after = reports
    .flatMap(({ backAt }) => [...backAt])
    .map((at) => (at - killedAt) / 1_000)
    .toSorted((a, b) => a - b);
  const halfS = percentile(after, 0.5, wanted);
  const last = percentile(after, 1, wanted);
  if (Number.isFinite(last)) return { allS: last, halfS };
  const share = Math.floor((after.length / wanted) * 100);
  return { halfS, bound: `${share} % back ${BACK_WITHIN_MS / 1_000} s after a restart` };
}
