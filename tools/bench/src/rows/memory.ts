import { subjects } from "../processes/subject.ts";
import { Stage } from "../stage.ts";
import { againstPeers } from "./against.ts";
import { measureResident, notesOnResident } from "./resident.ts";
import type { Measured, Row } from "./row.ts";

const OWN_AIM = { is: "at most", value: 9 } as const;

/** The server's memory for an idle joined connection. */
export const memory: Row = {
  name: "memory",
  async measure(bench) {
    const sizes = bench.sizes.memory;
    const measured: Measured[] = [];
    let guests = 0;
    for (const subject of ["parley", "ws-rooms", "socket.io"] as const) {
      bench.progress(subjects[subject].title);
      const resident = await Stage.with(subjects[subject], bench.pinning, (stage) =>
        measureResident(stage, sizes, bench.socketsMax),
      );
      guests = resident.guests;
      measured.push({
        subject,
        figure: resident.kbEach,
        generatorCpu: resident.generatorCpu,
        notes: notesOnResident(resident),
      });
    }
    const own = measured[0]?.figure ?? Number.NaN;
    return {
      title: "Server memory an idle joined connection",
      conditions: `${guests} guests in rooms of ${sizes.size}, read ${sizes.settleMs / 1_000} s after the last join`,
      unit: "KB",
      verdicts: [
        { of: "Parley, each", value: own, unit: "KB", aim: OWN_AIM },
        ...againstPeers(measured, {}),
      ],
      measured,
    };
  },
};
