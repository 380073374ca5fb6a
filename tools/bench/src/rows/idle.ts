import { subjects } from "../processes/subject.ts";
import { Stage } from "../stage.ts";
import { measureResident, notesOnResident } from "./resident.ts";
import type { Row } from "./row.ts";

const MESSAGES = 50;
const PAUSE_MS = 20;
const BODY_BYTES = 64;

/** As many members as one process can have, and whether they are still served. */
export const idle: Row = {
  name: "idle",
  async measure(bench) {
    const sizes = bench.sizes.idle;
    bench.progress(subjects.parley.title);
    const { resident, echo } = await Stage.with(subjects.parley, bench.pinning, async (stage) => {
      const resident = await measureResident(stage, sizes, bench.socketsMax);
      const echo = await stage.carryOut({
        do: "quiet",
        messages: MESSAGES,
        bodyBytes: BODY_BYTES,
        pauseMs: PAUSE_MS,
        reader: "author",
      });
      return { resident, echo };
    });
    const { p50, p99 } = echo.latency;
    return {
      title: `Server memory a member with ${resident.guests} idle members`,
      conditions: `one process, rooms of ${sizes.size}, read ${sizes.settleMs / 1_000} s after the last join`,
      unit: "KB",
      verdicts: [
        { of: "Parley, each", value: resident.kbEach, unit: "KB" },
        { of: "a message meanwhile, p50", value: p50, unit: "ms" },
      ],
      measured: [
        {
          subject: "parley",
          figure: resident.kbEach,
          p50,
          p99,
          generatorCpu: resident.generatorCpu,
          notes: notesOnResident(resident),
        },
      ],
    };
  },
};
