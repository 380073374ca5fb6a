import { TcpProxy } from "@parley/testkit/tcp-proxy";
import type { ServerProcess } from "@parley/testkit/server-process";
import { alsoFound } from "../checker/verdict.ts";
import { gather, type Gathering } from "./gathering.ts";
import { onOneServer } from "./on-one-server.ts";
import { expectations, type Outcome, type Scenario } from "./scenario.ts";
import { BAD_DAY_SERVER, order } from "../bad-day.ts";

const AN_HOUR_MS = 3_600_000;
/** How many bursts of messages are written between two jumps. */
const TIMES = 10;
/** How long they write, in ms. */
const BURST_MS = 100;

/** Rates are on, so that a bucket that trusts the clock would be found; they are never reached. */
const RATES = {
  LIMITS: "on",
  MESSAGES_PER_SECOND: "1000",
  MESSAGES_BURST: "1000",
  PERSON_MESSAGES_PER_SECOND: "1000",
};

/**
 * The clocks of the server and of the clients jump, forward and back, while members write. One of
 * them is disconnected for some of that time, so that a wait is running.
 */
export const clock: Scenario = {
  name: "clock",
  about: "clocks that jump an hour, ahead and back: the server's, and the clients'",
  rounds: 1,
  open: () =>
    onOneServer((server, round) => gather(round, (people) => play(server, people)), {
      main: BAD_DAY_SERVER,
      env: RATES,
    }),
};

async function play(server: ServerProcess, gathering: Gathering): Promise<Outcome> {
  const talk = () => gathering.talk(TIMES, BURST_MS);
  const line = await TcpProxy.start(server.port);
  try {
    gathering.person("Anna", line.socketUrl);
    gathering.person("Ben", server.socketUrl);
    gathering.script("script", server.socketUrl);
    await gathering.allIn();
    await talk();
    for (const aheadMs of [AN_HOUR_MS, -AN_HOUR_MS, 0]) {
      await order(server, { is: "clock", aheadMs });
      await talk();
      line.cut();
      await talk();
      setOwnClock(aheadMs);
      await talk();
      line.mend();
      await gathering.allIn();
    }
    const { verdict, log } = await gathering.judge(server.socketUrl);
    const times = log.entries.map(({ payload }) => payload.at);
    const steps = times.slice(1).map((at, index) => at - (times[index] ?? at));
    const jumps = steps.filter((step) => Math.abs(step) > AN_HOUR_MS / 2).length;
    const found = expectations({
      "the log met the three jumps of the server's clock": jumps >= 3,
      "no rate limit was met for a jump": !gathering.observations.some(
        (each) => each.is === "refused" && !each.final,
      ),
    });
    return { verdict: alsoFound(verdict, found), note: `${jumps} jumps in the log` };
  } finally {
    setOwnClock(0);
    await line.close();
  }
}

const machineNow = Date.now;

/** Sets the clock of this process, and so of its clients, ahead of the machine's. */
function setOwnClock(aheadMs: number): void {
  Date.now = aheadMs === 0 ? machineNow : () => machineNow() + aheadMs;
}
