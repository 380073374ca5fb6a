import { pause } from "@parley/testkit/waiting";
import type { ServerProcess } from "@parley/testkit/server-process";
import { BAD_DAY_SERVER, order } from "../bad-day.ts";
import { whole } from "../chance.ts";
import { onOneServer } from "./on-one-server.ts";
import { PrivateGathering } from "./private-gathering.ts";
import type { Outcome, Round, Scenario } from "./scenario.ts";

/** How often the server is killed in a round. */
const KILLS = 6;
/** How many private messages rang until then. */
const RUNG = { least: 1, most: 8 };
/** How many messages wait for an answer at most, so that a round is short. */
const PENDING_MAX = 24;
/** The pause between two messages, in ms. */
const APART_MS = 4;

/** The server is killed between the ring of a private message and the message (SPEC W4). */
export const privateKill: Scenario = {
  name: "private-kill",
  about: "SIGKILL between the bell and a private message, again and again",
  rounds: 5,
  open: () => onOneServer(play, { main: BAD_DAY_SERVER }),
};

async function play(server: ServerProcess, round: Round): Promise<Outcome> {
  const { chance } = round;
  const url = server.socketUrl;
  const places = { Anna: { url }, Ben: { url }, Cleo: { url } };
  return PrivateGathering.gather(round, places, async (gathering) => {
    let underWay = 0;
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await order(server, { is: "die-between", messages: whole(chance, RUNG.least, RUNG.most) });
      let isUp = true;
      const ended = server.ended().finally(() => {
        isUp = false;
      });
      const writing = async () => {
        for (let n = 1; isUp; n += 1) {
          if (gathering.pending < PENDING_MAX) gathering.write(`${kill}, ${n}`);
          await pause(APART_MS);
        }
      };
      await Promise.all([ended, writing()]);
      underWay += gathering.pending;
      await server.start();
    }
    const verdict = await gathering.judge(url);
    return { verdict, underWay, note: `${KILLS} kills between, ${underWay} under way` };
  });
}
