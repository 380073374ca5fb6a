import { pause, holds } from "@parley/testkit/waiting";
import type { ServerProcess } from "@parley/testkit/server-process";
import { SmallDisk } from "@parley/testkit/small-disk";
import { whole } from "../chance.ts";
import { alsoFound } from "../checker/verdict.ts";
import { readFinalLog } from "../actors/final-log.ts";
import { gather, type Gathering } from "./gathering.ts";
import {
  expectations,
  type Outcome,
  type Round,
  type Scenario,
  type RunningScenario,
} from "./scenario.ts";
import { onOneServer } from "./on-one-server.ts";

const DISK_KIBIBYTES = 16_384;
/** How many bursts of messages are written before the disk is full, and after. */
const TIMES = 15;
/** How long they write each time, in ms. */
const BURST_MS = 100;
/** How long it may take until a message is refused, in ms. */
const FULL_WITHIN_MS = 30_000;
/** The longest that it stays full, in ms. */
const FULL_FOR_MS = 200;

/**
 * Another program fills the disk; the server is killed and must start on the full disk, until there
 * is space again (SPEC D4). Needs permission to mount a disk.
 */
export const realFullDisk: Scenario = {
  name: "real-full-disk",
  about: "a disk that something else fills (a tmpfs), a kill and a start on it, then room again",
  rounds: 1,
  async open(): Promise<RunningScenario> {
    const disk = await SmallDisk.mount(DISK_KIBIBYTES);
    return onOneServer(
      (server, round) => gather(round, (people) => play(server, disk, round, people)),
      { dataDir: disk.directory },
      () => disk.unmount(),
    );
  },
};

async function play(
  server: ServerProcess,
  disk: SmallDisk,
  { chance, roomId }: Round,
  gathering: Gathering,
): Promise<Outcome> {
  for (const name of ["Anna", "Ben"]) gathering.person(name, server.socketUrl);
  await gathering.allIn();
  await gathering.talk(TIMES, BURST_MS);
  await gathering.settled();
  const giveBack = await disk.occupy();
  try {
    await gathering.talk(TIMES, BURST_MS);
    const refusals = () => gathering.observations.filter(({ is }) => is === "refused").length;
    const isFull = await holds(() => refusals() > 0, FULL_WITHIN_MS);
    await server.kill();
    await server.start();
    const whileFull = await readFinalLog(server.socketUrl, roomId);
    await pause(whole(chance, 0, FULL_FOR_MS));
    await giveBack();
    const { verdict } = await gathering.judge(server.socketUrl);
    const found = expectations({
      "the disk was full before everything was written": isFull,
      "what was there could be read after a start on the full disk": whileFull.entries.length > 0,
    });
    const note = `full at ${whileFull.head}, ${verdict.figures.refused} refused for now`;
    return { verdict: alsoFound(verdict, found), note };
  } finally {
    await giveBack();
  }
}
