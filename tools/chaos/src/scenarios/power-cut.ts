import { holds } from "@parley/testkit/waiting";
import type { ServerProcess } from "@parley/testkit/server-process";
import { PowerCutDisk } from "../storage/power-cut-disk.ts";
import { gather, type Gathering } from "./gathering.ts";
import { expectations, type Outcome, type Scenario, type RunningScenario } from "./scenario.ts";
import { alsoFound } from "../checker/verdict.ts";
import { onOneServer } from "./on-one-server.ts";

/** How many bursts of messages are written before the sync fails, and after. */
const TIMES = 15;
/** How long they write each time, in ms. */
const BURST_MS = 100;
/** How long it may take until a sync fails, in ms. */
const FAILED_WITHIN_MS = 30_000;

/**
 * A sync of the write-ahead log fails, the server is killed, and restarts with pages that only the
 * system's memory has; then the power is cut (SPEC D1). Needs a C compiler.
 */
export const powerCut: Scenario = {
  name: "power-cut",
  about: "a sync that fails, SIGKILL, a restart, and then a power cut",
  rounds: 3,
  async open(): Promise<RunningScenario> {
    const disk = await PowerCutDisk.make();
    return onOneServer(
      (server, round) => gather(round, (people) => play(server, disk, people)),
      { dataDir: disk.directory, env: disk.env },
      () => disk.remove(),
    );
  },
};

async function play(
  server: ServerProcess,
  disk: PowerCutDisk,
  gathering: Gathering,
): Promise<Outcome> {
  for (const name of ["Anna", "Ben"]) gathering.person(name, server.socketUrl);
  await gathering.allIn();
  await gathering.talk(TIMES, BURST_MS);
  await gathering.settled();
  await disk.failNextSync();
  const talking = gathering.talk(TIMES, BURST_MS);
  const hasFailed = await holds(() => disk.hasFailed, FAILED_WITHIN_MS);
  await server.kill();
  await talking;
  await server.start();
  await gathering.settled();
  await gathering.talk(TIMES, BURST_MS);
  await gathering.settled();
  await server.kill();
  await disk.cut();
  await server.start();
  const { verdict } = await gathering.judge(server.socketUrl);
  const found = expectations({ "a sync failed": hasFailed });
  const note = `${verdict.figures.acknowledged} acknowledged, ${verdict.figures.refused} refused for now`;
  return { verdict: alsoFound(verdict, found), note };
}
