import { holds } from "@parley/testkit/waiting";
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
import { startServer } from "../servers.ts";
import { BAD_DAY_SERVER, order } from "../bad-day.ts";

/** How large the file may become before the disk is full, in pages of 4 KiB. */
const PAGES = { least: 60, most: 120 };
/** A message of about 7.8 KB in two-byte characters: it takes two pages. */
const LONG = 3_900;
/** Enough of them to fill the disk. */
const MESSAGES = 100;
/** How long it may take until the disk is full, in ms. */
const FULL_WITHIN_MS = 30_000;

/** The disk fills while members write, and later has space again (SPEC D4). */
export const fullDisk: Scenario = {
  name: "full-disk",
  about: "a disk that fills while people write, and has room again later",
  rounds: 1,
  async open(): Promise<RunningScenario> {
    return {
      play: (round) => gather(round, (people) => play(round, people)),
      finish: async () => [],
    };
  },
};

/** Each round has its own server, because a disk that was full once is no longer small. */
async function play({ chance, roomId }: Round, gathering: Gathering): Promise<Outcome> {
  const server = await startServer({ main: BAD_DAY_SERVER });
  try {
    const anna = gathering.person("Anna", server.socketUrl);
    const ben = gathering.person("Ben", server.socketUrl);
    await gathering.allIn();
    await order(server, {
      is: "faults",
      faults: { maxPages: whole(chance, PAGES.least, PAGES.most) },
    });
    for (let n = 0; n < MESSAGES; n += 1) {
      (n % 2 === 0 ? anna : ben).say(`${n} `.padEnd(LONG, "é"));
    }
    const refusals = () => gathering.observations.filter(({ is }) => is === "refused").length;
    const isFull = await holds(() => refusals() >= 2, FULL_WITHIN_MS);
    const pending = gathering.pending;
    const whileFull = await readFinalLog(server.socketUrl, roomId);
    await order(server, { is: "faults", faults: {} });
    const { verdict, log } = await gathering.judge(server.socketUrl);
    const found = expectations({
      "the disk was full before everything was written": isFull && pending > 0,
      "what was there stayed readable": whileFull.entries.length > 0,
      "it recovered by itself: everything is in the log": log.head === MESSAGES,
      "[D4] nothing was refused for good": !gathering.observations.some(
        (observation) => observation.is === "refused" && observation.final,
      ),
    });
    const note = `full at ${whileFull.head} of ${MESSAGES}, ${verdict.figures.refused} refused for now`;
    return { verdict: alsoFound(verdict, found), note };
  } finally {
    await server.dispose();
  }
}
