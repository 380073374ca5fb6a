import { residentBytesOf } from "@parley/testkit/usage";
import type { Orders } from "../load/orders.ts";
import { subjects, type SubjectName } from "../processes/subject.ts";
import { JOINS_AT_ONCE } from "../sizes.ts";
import { Stage } from "../stage.ts";
import { steadyLine } from "./held-lines.ts";
import type { Bench, Measured, Row, RowVerdict } from "./row.ts";

const MB = 1_024 * 1_024;
const LOOK_EVERY_MS = 200;
/** How long clients that did not read have to learn their fate, in ms. */
const WAKE_MS = 1_500;

interface Run {
  readonly report: Orders["steady"]["report"];
  /** The most memory that the server used, in MB. */
  readonly peakMb: number;
  /** Silent readers whose connection was ended, by close code. */
  readonly closed: Readonly<Record<number, number>>;
}

/** What readers that stop reading cost the others and the server. */
export const slow: Row = {
  name: "slow",
  async measure(bench) {
    const { rooms, size, rate, bodyBytes, silentARoom, measureMs, compared } = bench.sizes.slow;
    const measured: Measured[] = [];
    const verdicts: RowVerdict[] = [];
    for (const subject of compared) {
      const without = await run(bench, subject, 0);
      const withThem = await run(bench, subject, silentARoom);
      measured.push(
        lineOf(subject, "all read", without),
        lineOf(subject, `${silentARoom * rooms} do not`, withThem),
      );
      const { title } = subjects[subject];
      const p99 = withThem.report.latency.p99 / without.report.latency.p99;
      verdicts.push(
        { of: `${title}, p99 of the others against all reading`, value: p99, unit: "×" },
        { of: `${title}, memory above`, value: withThem.peakMb - without.peakMb, unit: "MB" },
      );
    }
    return {
      title: "What readers who stop reading cost",
      conditions: `${silentARoom} of each ${size} stop for ${measureMs / 1_000} s while ${rate} messages/s of ${bodyBytes} bytes come; p50 and p99 are the others', MB is the server's peak`,
      unit: "MB",
      verdicts,
      measured,
    };
  },
};

async function run(bench: Bench, subject: SubjectName, silentARoom: number): Promise<Run> {
  const { rooms, size, rate, bodyBytes, warmMs, measureMs, graceMs } = bench.sizes.slow;
  const load = { rate, bodyBytes, warmMs, measureMs, graceMs };
  const { title } = subjects[subject];
  bench.progress(`${title}, ${silentARoom} silent readers a room`);
  return Stage.with(subjects[subject], bench.pinning, async (stage) => {
    const { pids } = stage.server;
    await stage.gather(rooms, size, JOINS_AT_ONCE);
    await stage.carryOut({ do: "silence", perRoom: silentARoom });
    const [report, peakMb] = await whilePeak(pids, stage.carryOut({ do: "steady", ...load, pids }));
    const { closed } = await stage.carryOut({ do: "wake", waitMs: WAKE_MS });
    return { report, peakMb, closed };
  });
}

/** Watches the memory of processes until something is done. */
async function whilePeak<Result>(
  pids: readonly number[],
  work: Promise<Result>,
): Promise<[Result, number]> {
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, residentBytesOf(pids) ?? Number.NaN);
  }, LOOK_EVERY_MS);
  try {
    return [await work, peak / MB];
  } finally {
    clearInterval(watch);
  }
}

function lineOf(subject: SubjectName, variant: string, { report, peakMb, closed }: Run): Measured {
  const line = steadyLine(report);
  const endings = Object.entries(closed).map(([code, count]) => `${count} ended by ${code}`);
  return { subject, variant, figure: peakMb, ...line, notes: [...line.notes, ...endings] };
}
