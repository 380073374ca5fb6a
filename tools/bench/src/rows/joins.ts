import { subjects } from "../processes/subject.ts";
import { JOINS_AT_ONCE } from "../sizes.ts";
import { Stage } from "../stage.ts";
import { againstPeers } from "./against.ts";
import type { Measured, Row } from "./row.ts";

/** How many connections a second are opened and join their rooms. */
export const joins: Row = {
  name: "joins",
  async measure(bench) {
    const { rooms, size } = bench.sizes.joins;
    const measured: Measured[] = [];
    for (const name of bench.sizes.compared) {
      bench.progress(subjects[name].title);
      const report = await Stage.with(subjects[name], bench.pinning, (stage) =>
        stage.gather(rooms, size, JOINS_AT_ONCE),
      );
      const figure = (report.joined * 1_000) / report.ms;
      measured.push({ subject: name, figure, generatorCpu: report.generatorCpu, notes: [] });
    }
    return {
      title: "Joins a second",
      conditions: `${rooms * size} guests, rooms of ${size}; only Parley tells who is there`,
      unit: "joins/s",
      verdicts: againstPeers(measured, {}),
      measured,
    };
  },
};
