import { subjects, type SubjectName } from "../processes/subject.ts";
import { JOINS_AT_ONCE, type Sizes, type TurnsSizes } from "../sizes.ts";
import { Stage } from "../stage.ts";
import { againstPeers } from "./against.ts";
import type { Steady } from "./held.ts";
import { steadyLine } from "./held-lines.ts";
import type { Bench, Measured, Row } from "./row.ts";

const MICROSECONDS = 1_000_000;

/** The server's CPU for a delivery at equal load. */
export const cpu = cpuRow("cpu", ({ cpu: sizes }) => sizes, 0.8);

/** The same at a load so light that no write takes several messages. */
export const light = cpuRow("light", ({ light: sizes }) => sizes, 1);

/** @param aim the most that Parley is to take, as a multiple of the `ws` map of rooms */
function cpuRow(name: string, sizesOf: (sizes: Sizes) => TurnsSizes, aim: number): Row {
  return {
    name,
    async measure(bench) {
      const sizes = sizesOf(bench.sizes);
      const { rounds, rooms, size, rate, bodyBytes } = sizes;
      const reports = await inTurns(bench, sizes);
      const measured = bench.sizes.compared.map((subject) =>
        lineOf(subject, reports.get(subject) ?? []),
      );
      return {
        title: `Server CPU a delivery at equal load, ${rate} messages/s`,
        conditions: `${bodyBytes} bytes each, into ${rooms} rooms of ${size}; the servers run at the same time and are measured in turn, ${rounds} times; the median counts; only Parley stores, orders and acknowledges`,
        unit: "µs",
        verdicts: againstPeers(measured, { "ws-rooms": { is: "at most", value: aim } }),
        measured,
      };
    },
  };
}

/**
 * Loads one server after another, several times: a slow moment of the machine slows all of them. The
 * first round only warms them up.
 */
async function inTurns(
  bench: Bench,
  { rounds, rooms, size, ...load }: TurnsSizes,
): Promise<ReadonlyMap<SubjectName, readonly Steady[]>> {
  const reports = new Map<SubjectName, Steady[]>();
  await withStages(bench, bench.sizes.compared, [], async (stages) => {
    for (const stage of stages) await stage.gather(rooms, size, JOINS_AT_ONCE);
    for (let round = 0; round <= rounds; round += 1) {
      bench.progress(round === 0 ? "warming up" : `round ${round} of ${rounds}`);
      // Nobody comes always right after the same other one.
      for (const stage of round % 2 === 0 ? stages : stages.toReversed()) {
        const { pids } = stage.server;
        const report = await stage.carryOut({ do: "steady", ...load, pids });
        const { name } = stage.subject;
        if (round > 0) reports.set(name, [...(reports.get(name) ?? []), report]);
      }
    }
  });
  return reports;
}

/** Runs `act` with a stage for each of these servers. */
async function withStages(
  bench: Bench,
  [name, ...others]: readonly SubjectName[],
  stages: readonly Stage[],
  act: (stages: readonly Stage[]) => Promise<void>,
): Promise<void> {
  if (name === undefined) return act(stages);
  return Stage.with(subjects[name], bench.pinning, (stage) =>
    withStages(bench, others, [...stages, stage], act),
  );
}

/** The round with the median CPU a delivery. */
function lineOf(subject: SubjectName, rounds: readonly Steady[]): Measured {
  const byCost = rounds.toSorted((one, other) => costOf(one) - costOf(other));
  const median = byCost[Math.floor(byCost.length / 2)];
  if (!median) return { subject, figure: Number.NaN, notes: ["not measured"] };
  return { subject, figure: costOf(median), ...steadyLine(median) };
}

function costOf({ serverCpu = Number.NaN, deliveriesPerSecond }: Steady): number {
  return (serverCpu * MICROSECONDS) / deliveriesPerSecond;
}
