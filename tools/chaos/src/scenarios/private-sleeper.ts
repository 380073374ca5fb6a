import { holds, pause } from "@parley/testkit/waiting";
import { TcpProxy } from "@parley/testkit/tcp-proxy";
import type { ServerProcess } from "@parley/testkit/server-process";
import { whole } from "../chance.ts";
import { alsoFound } from "../checker/verdict.ts";
import { onOneServer } from "./on-one-server.ts";
import { PrivateGathering } from "./private-gathering.ts";
import { expectations, type Outcome, type Round, type Scenario } from "./scenario.ts";

/** How many entries a log keeps: of a room, a conversation, a bell. */
const KEPT = 40;
/** How many entries each conversation gets before and during the absence. */
const EARLY = { least: 2, most: 6 };
const ASLEEP = { least: 60, most: 90 };
/** How long it may take until all of them are stored, in ms. */
const WRITTEN_WITHIN_MS = 30_000;
/** How long trimming may take after a start, in ms, and how often it is checked. */
const TRIMMED_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 50;

/**
 * A member is away until conversations and bells were trimmed past what the member has, and is told
 * so exactly (SPEC R1, W1, W6).
 */
export const privateSleeper: Scenario = {
  name: "private-sleeper",
  about: "a member who is away until private conversations and bells were trimmed",
  rounds: 1,
  open: () => onOneServer(play, { env: { HISTORY_LIMIT: `${KEPT}` } }),
};

async function play(server: ServerProcess, round: Round): Promise<Outcome> {
  const { chance } = round;
  const url = server.socketUrl;
  const line = await TcpProxy.start(server.port);
  const places = { Anna: { url }, Ben: { url: line.socketUrl }, Cleo: { url } };
  try {
    return await PrivateGathering.gather(round, places, async (gathering) => {
      gathering.fill(whole(chance, EARLY.least, EARLY.most));
      await gathering.settled();
      line.cut();
      gathering.fill(whole(chance, ASLEEP.least, ASLEEP.most), "Ben");
      await holds(() => gathering.pending === 0, WRITTEN_WITHIN_MS);
      // A server trims as it starts, and then every minute.
      await server.kill();
      await server.start();
      const end = performance.now() + TRIMMED_WITHIN_MS;
      while ((await gathering.longest(url)) > KEPT && performance.now() < end) {
        await pause(LOOK_EVERY_MS);
      }
      line.mend();
      const verdict = await gathering.judge(url);
      const found = expectations({
        "all conversations were trimmed to what is kept": (await gathering.longest(url)) <= KEPT,
        "[R1] Ben was told of both conversations where they start": gathering.told("Ben") === 2,
      });
      return { verdict: alsoFound(verdict, found), note: "3 conversations and bells trimmed" };
    });
  } finally {
    await line.close();
  }
}
