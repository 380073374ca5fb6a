import { pause, holds } from "@parley/testkit/waiting";
import { TcpProxy } from "@parley/testkit/tcp-proxy";
import type { ServerProcess } from "@parley/testkit/server-process";
import { whole } from "../chance.ts";
import { alsoFound } from "../checker/verdict.ts";
import { readFinalLog } from "../actors/final-log.ts";
import { gather, type Gathering } from "./gathering.ts";
import { onOneServer } from "./on-one-server.ts";
import { expectations, type Outcome, type Round, type Scenario } from "./scenario.ts";

/** How many entries a room keeps. */
const KEPT = 60;
/** How many entries arrive during the absence: more than are kept. */
const ASLEEP = { least: 80, most: 180 };
/** How long it may take until all of them are stored, in ms. */
const WRITTEN_WITHIN_MS = 30_000;
/** How long trimming may take after a start, in ms, and how often it is checked. */
const TRIMMED_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 50;

/**
 * A member is away until the log no longer has the entries after their last one, and must be told
 * so exactly; a script as well (SPEC R1).
 */
export const sleeper: Scenario = {
  name: "sleeper",
  about:
    "a client that is away until the log was trimmed past it, and is told exactly what is gone",
  rounds: 1,
  open: () =>
    onOneServer((server, round) => gather(round, (people) => play(server, round, people)), {
      env: { HISTORY_LIMIT: `${KEPT}` },
    }),
};

async function play(
  server: ServerProcess,
  { chance, roomId }: Round,
  gathering: Gathering,
): Promise<Outcome> {
  const line = await TcpProxy.start(server.port);
  try {
    gathering.person("sleeper", line.socketUrl);
    gathering.script("sleeping script", line.socketUrl);
    const awake = gathering.person("awake", server.socketUrl);
    await gathering.allIn();
    const early = whole(chance, 3, 12);
    for (let n = 1; n <= early; n += 1) awake.say(`early ${n}`);
    await gathering.settled();
    line.cut();
    const late = whole(chance, ASLEEP.least, ASLEEP.most);
    for (let n = 1; n <= late; n += 1) awake.say(`late ${n}`);
    await holds(() => awake.isSettled, WRITTEN_WITHIN_MS);
    // A server trims as it starts, and then every minute.
    await server.kill();
    await server.start();
    const first = await trimmedTo(server.socketUrl, roomId);
    line.mend();
    const { verdict, log } = await gathering.judge(server.socketUrl);
    const told = gathering.observations.filter(
      (each) => each.is === "window" && each.why === "truncated" && each.truncatedBefore === first,
    );
    const found = expectations({
      "the log was trimmed to what is kept": log.head - log.first + 1 === KEPT,
      "[R1] both that slept were told where the log starts": told.length === 2,
    });
    const note = `slept from ${early} to ${log.head}, told that it starts at ${first}`;
    return { verdict: alsoFound(verdict, found), note };
  } finally {
    await line.close();
  }
}

/** Waits until a room has no more than is kept; returns its first `seq`. */
async function trimmedTo(url: string, roomId: string): Promise<number> {
  const end = performance.now() + TRIMMED_WITHIN_MS;
  for (;;) {
    const { head, first } = await readFinalLog(url, roomId);
    if (head - first < KEPT || performance.now() > end) return first;
    await pause(LOOK_EVERY_MS);
  }
}
