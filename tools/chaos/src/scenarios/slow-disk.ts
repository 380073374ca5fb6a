import type { ServerProcess } from "@parley/testkit/server-process";
import { alsoFound } from "../checker/verdict.ts";
import { BAD_DAY_SERVER, order, readLag, type Lag } from "../bad-day.ts";
import { gather, type Gathering } from "./gathering.ts";
import { expectations, type Outcome, type Scenario, type RunningScenario } from "./scenario.ts";
import { startServer } from "../servers.ts";

/** How much longer each commit takes on the slow disk, in ms. */
const COMMIT_DELAY_MS = 200;
/**
 * An event loop that waited for the disk would be late by a whole commit; less, in ms, is other
 * load.
 */
const LAG_SANE_MS = COMMIT_DELAY_MS * 0.75;
/** How many bursts of messages are written. */
const TIMES = 25;
/** How long they write, in ms. */
const BURST_MS = 1_000;

/** The disk becomes slow under load: answers wait for it, the event loop does not (SPEC D1). */
export const slowDisk: Scenario = {
  name: "slow-disk",
  about: "a disk whose every commit takes 200 ms longer; the event loop must not wait for it",
  rounds: 1,
  async open(): Promise<RunningScenario> {
    return {
      play: (round) => gather(round, play),
      finish: async () => [],
    };
  },
};

async function play(gathering: Gathering): Promise<Outcome> {
  const server = await startServer({ main: BAD_DAY_SERVER });
  try {
    for (const name of ["Anna", "Ben"]) gathering.person(name, server.socketUrl);
    for (const name of ["one script", "another"]) gathering.script(name, server.socketUrl);
    await gathering.allIn();
    const quick = await lagUnderLoad(gathering, server);
    const quickMs = await timeOfOne(gathering);
    await order(server, { is: "faults", faults: { commitDelayMs: COMMIT_DELAY_MS } });
    const slowMs = await timeOfOne(gathering);
    const slow = await lagUnderLoad(gathering, server);
    await order(server, { is: "faults", faults: {} });
    const { verdict } = await gathering.judge(server.socketUrl);
    const found = expectations({
      "answers wait for the slow disk": slowMs - quickMs > COMMIT_DELAY_MS / 2,
      "the event loop does not": slow.p99 < LAG_SANE_MS,
    });
    const note = `event loop late by ${told(quick)}; slow disk: ${told(slow)}`;
    return { verdict: alsoFound(verdict, found), note };
  } finally {
    await server.dispose();
  }
}

async function lagUnderLoad(gathering: Gathering, server: ServerProcess): Promise<Lag> {
  await readLag(server);
  await gathering.talk(TIMES, BURST_MS);
  return readLag(server);
}

/** How long one message takes from writing to its answer, in ms, without other load. */
async function timeOfOne(gathering: Gathering): Promise<number> {
  await gathering.settled();
  const from = performance.now();
  gathering.actors[0]?.write("how long does this take?");
  await gathering.settled();
  return performance.now() - from;
}

function told({ p50, p99, max }: Lag): string {
  return `p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)}, max ${max.toFixed(1)} ms`;
}
