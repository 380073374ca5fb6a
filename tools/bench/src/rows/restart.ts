import type { Orders } from "../load/orders.ts";
import { subjects } from "../processes/subject.ts";
import { JOINS_AT_ONCE } from "../sizes.ts";
import { Stage } from "../stage.ts";
import type { Measured, Row } from "./row.ts";

const AIM = { is: "at most", value: 10 } as const;

/** How long it takes after `kill -9` and a restart until everybody is back and has everything. */
export const restart: Row = {
  name: "restart",
  async measure(bench) {
    const { rooms, size, withinMs } = bench.sizes.restart;
    const { report, startedInMs } = await Stage.with(
      subjects.parley,
      bench.pinning,
      async (stage) => {
        const { ports } = stage.server;
        bench.progress(`${rooms * size} guests join`);
        await stage.carryOut({ do: "settle", ports, rooms, size, atOnce: JOINS_AT_ONCE });
        bench.progress("kill -9, and start again");
        const killedAt = Date.now();
        await stage.server.kill();
        const returning = stage.carryOut({ do: "return", killedAt, withinMs });
        const [report] = await Promise.all([returning, stage.server.startAgain()]);
        return { report, startedInMs: stage.server.startedInMs };
      },
    );
    const { backAfter, back, wanted, echo } = report;
    const measured: Measured = {
      subject: "parley",
      figure: backAfter.all / 1_000,
      arrived: back / wanted,
      p50: echo.p50,
      p99: echo.p99,
      generatorCpu: report.generatorCpu,
      notes: notesOf(report, startedInMs),
    };
    return {
      title: `${wanted} guests back and caught up after kill -9 and restart`,
      conditions: `rooms of ${size}, clients wait as the real one does; p50 and p99 are echoes of those already back`,
      unit: "s",
      verdicts: [{ of: "from the kill to the last", value: measured.figure, unit: "s", aim: AIM }],
      measured: [measured],
    };
  },
};

function notesOf(report: Orders["return"]["report"], startedInMs: number): string[] {
  const { backAfter, failedTries, caughtUp } = report;
  const notes = [
    `listening again in ${seconds(startedInMs)}`,
    `half back after ${seconds(backAfter.p50)}, 99 % after ${seconds(backAfter.p99)}`,
    `${failedTries} tries in vain, ${caughtUp} missed entries handed over`,
  ];
  if (report.notRecovered > 0) notes.push(`${report.notRecovered} not resumed`);
  if (report.outOfOrder > 0) notes.push(`${report.outOfOrder} entries out of order`);
  if (report.behind > 0) notes.push(`${report.behind} guests without the last entry`);
  return notes;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
