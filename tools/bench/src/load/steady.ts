import { setTimeout as sleep } from "node:timers/promises";
import { cpuMsOf } from "@parley/testkit/usage";
import type { Crowd } from "./crowd.ts";
import type { Orders } from "./orders.ts";
import { OwnCpu } from "./own-cpu.ts";
import { Speech } from "./speech.ts";
import { Tally } from "./tally.ts";

const LEAD_MS = 20;
/** How often to check whether the last messages have arrived, in ms. */
const LOOK_EVERY_MS = 10;

type Steady = Orders["steady"];

/** Sends at a fixed rate and measures what returns, once the warm-up is over. */
export async function steady(crowd: Crowd, order: Steady["order"]): Promise<Steady["report"]> {
  const mark = crowd.nextMark();
  const startsAt = performance.now() + LEAD_MS;
  const measureFrom = startsAt + order.warmMs;
  const tally = new Tally(mark, measureFrom, crowd.size - 1, crowd.dialect.seqAfter);
  const speech = new Speech(
    crowd,
    order.rate,
    { mark, bytes: order.bodyBytes },
    startsAt,
    measureFrom,
  );
  crowd.listener = tally;

  await speech.until(measureFrom);
  const cpu = new OwnCpu();
  const before = look(tally, speech, order);
  await speech.until(measureFrom + order.measureMs);
  const after = look(tally, speech, order);
  const generatorCpu = cpu.share();

  const deadline = performance.now() + order.graceMs;
  while (tally.deliveries < speech.dueCopies && performance.now() < deadline) {
    await sleep(LOOK_EVERY_MS);
  }
  const ms = after.at - before.at;
  const perSecond = (count: number) => (count * 1_000) / ms;
  return {
    sent: speech.sent,
    arrived: tally.deliveries / speech.dueCopies,
    messagesPerSecond: perSecond(after.sent - before.sent),
    deliveriesPerSecond: perSecond(after.deliveries - before.deliveries),
    latency: tally.samples.latency(speech.dueProbes),
    serverCpu: shareOf(before.cpuMs, after.cpuMs, ms),
    storeCpu: shareOf(before.storeCpuMs, after.storeCpuMs, ms),
    generatorCpu,
    outOfOrder: tally.outOfOrder,
    lost: tally.lostConnections,
  };
}

function look(
  { deliveries }: Tally,
  { sent }: Speech,
  { pids, storePids = [] }: Pick<Steady["order"], "pids" | "storePids">,
) {
  const storeCpuMs = storePids.length > 0 ? cpuMsOf(storePids) : undefined;
  return { at: performance.now(), deliveries, sent, cpuMs: cpuMsOf(pids), storeCpuMs };
}

/** CPU time divided by time; undefined if it could not be read. */
function shareOf(
  before: number | undefined,
  after: number | undefined,
  ms: number,
): number | undefined {
  return before === undefined || after === undefined ? undefined : (after - before) / ms;
}
