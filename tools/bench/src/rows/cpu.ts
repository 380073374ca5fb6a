import { subjects } from "../processes/subject.ts";
import { JOINS_AT_ONCE } from "../sizes.ts";
import { Stage } from "../stage.ts";
import { againstPeers } from "./against.ts";
import { steadyLine } from "./held-lines.ts";
import type { Measured, Row } from "./row.ts";

const MICROSECONDS = 1_000_000;

/** The server's CPU for a delivery at equal load. */
export const cpu: Row = {
  name: "cpu",
  async measure(bench) {
    const { rooms, size, ...load } = bench.sizes.cpu;
    const measured: Measured[] = [];
    for (const name of bench.sizes.compared) {
      bench.progress(subjects[name].title);
      const report = await Stage.with(subjects[name], bench.pinning, async (stage) => {
        await stage.gather(rooms, size, JOINS_AT_ONCE);
        return stage.carryOut({ do: "steady", ...load, pids: stage.server.pids });
      });
      const { serverCpu = Number.NaN, deliveriesPerSecond } = report;
      const figure = (serverCpu * MICROSECONDS) / deliveriesPerSecond;
      measured.push({ subject: name, figure, ...steadyLine(report) });
    }
    return {
      title: "Server CPU a delivery at equal load",
      conditions: `${load.rate} messages/s of ${load.bodyBytes} bytes into ${rooms} rooms of ${size}; only Parley stores, orders and acknowledges them`,
      unit: "µs",
      verdicts: againstPeers(measured, { "ws-rooms": { is: "at most", value: 0.8 } }),
      measured,
    };
  },
};
