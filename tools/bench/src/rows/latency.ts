import { subjects } from "../processes/subject.ts";
import { JOINS_AT_ONCE } from "../sizes.ts";
import { Stage } from "../stage.ts";
import { againstPeers } from "./against.ts";
import type { Measured, Row } from "./row.ts";

const BODY_BYTES = 64;

/** How long a message takes to return to its author without other load. */
export const latency: Row = {
  name: "latency",
  async measure(bench) {
    const { rooms, size, messages, pauseMs } = bench.sizes.latency;
    const measured: Measured[] = [];
    for (const name of bench.sizes.compared) {
      bench.progress(subjects[name].title);
      const { latency, generatorCpu } = await Stage.with(
        subjects[name],
        bench.pinning,
        async (stage) => {
          await stage.gather(rooms, size, JOINS_AT_ONCE);
          const order = {
            do: "quiet",
            messages,
            bodyBytes: BODY_BYTES,
            pauseMs,
            reader: "author",
          } as const;
          await stage.carryOut(order);
          return stage.carryOut(order);
        },
      );
      const { p50, p99 } = latency;
      measured.push({ subject: name, figure: p50, p50, p99, generatorCpu, notes: [] });
    }
    return {
      title: "One quiet message, from sending to its echo, p50",
      conditions: `rooms of ${size}, ${messages} messages, each ${pauseMs} ms after the last echo; only Parley stores it first`,
      unit: "ms",
      verdicts: againstPeers(measured, { "ws-rooms": { is: "at most", value: 2 } }),
      measured,
    };
  },
};
