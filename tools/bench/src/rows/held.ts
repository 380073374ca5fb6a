import { ladder, nextRate, tried } from "../ladder.ts";
import type { Orders } from "../load/orders.ts";
import { ALONE, type Deployment } from "../processes/deployment.ts";
import type { Subject } from "../processes/subject.ts";
import { JOINS_AT_ONCE, type LadderSizes } from "../sizes.ts";
import { Stage } from "../stage.ts";
import type { Bench } from "./row.ts";

/** A rate is held if this share arrives fast enough. */
const ARRIVED_MIN = 0.99;
const P99_MAX_MS = 50;

export type Steady = Orders["steady"]["report"];

/**
 * Finds the highest rate that a server holds with p99 ≤ 50 ms and 99 % arrived. After a failed
 * step, the server is restarted, so that no backlog is carried over.
 * @returns the report of the highest step that was held, or undefined
 */
export async function highestHeld(
  subject: Subject,
  bench: Bench,
  sizes: LadderSizes,
  deployment: Deployment = ALONE,
): Promise<Steady | undefined> {
  let on = ladder(sizes);
  let best: Steady | undefined;
  const climb = async (stage: Stage): Promise<void> => {
    await stage.gather(sizes.rooms, sizes.size, JOINS_AT_ONCE);
    await step(stage, sizes, sizes.first, sizes.warmMs);
    for (let rate = nextRate(on); rate !== undefined; rate = nextRate(on)) {
      const report = await step(stage, sizes, rate, sizes.stepMs);
      bench.progress(`${subject.title}: ${rate} messages/s ${outcome(report)}`);
      on = tried(on, isHeld(report));
      if (!isHeld(report)) return;
      best = report;
    }
  };
  while (nextRate(on) !== undefined) {
    await Stage.with(subject, bench.pinning, climb, deployment);
  }
  return best;
}

function step(stage: Stage, sizes: LadderSizes, rate: number, measureMs: number): Promise<Steady> {
  const { bodyBytes, warmMs, graceMs } = sizes;
  const { pids, storePids } = stage.server;
  const load = { rate, bodyBytes, warmMs, measureMs, graceMs };
  return stage.carryOut({ do: "steady", ...load, pids, storePids });
}

function isHeld({ arrived, latency }: Steady): boolean {
  return arrived >= ARRIVED_MIN && latency.p99 <= P99_MAX_MS;
}

function outcome(report: Steady): string {
  const { arrived, latency, generatorCpu } = report;
  const p99 = latency.p99.toFixed(1);
  const share = `${(arrived * 100).toFixed(1)} % arrived`;
  const generator = `load generator ${(generatorCpu * 100).toFixed(0)} %`;
  return `${isHeld(report) ? "held" : "not held"}: p99 ${p99} ms, ${share}, ${generator}`;
}
