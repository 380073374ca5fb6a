import { createMemoryOutbox } from "@parley/client";
import { pause } from "@parley/testkit/waiting";
import { TcpProxy } from "@parley/testkit/tcp-proxy";
import type { ServerProcess } from "@parley/testkit/server-process";
import { happens, whole } from "../chance.ts";
import { gather, type Gathering } from "./gathering.ts";
import { onOneServer } from "./on-one-server.ts";
import type { Outcome, Round, Scenario } from "./scenario.ts";

/** How many bursts of messages are written. */
const TIMES = 60;
/** How long they write, in ms. */
const BURST_MS = 500;
/** How often Anna's page is reloaded. */
const RELOADS = 4;
/** The share of reloads during an outage. */
const OFFLINE = 0.5;

/** A page reloads again and again while its member writes, online and offline (SPEC D5). */
export const reload: Scenario = {
  name: "reload",
  about: "a page that is loaded again while its person writes, with its outbox and its token",
  rounds: 3,
  open: () =>
    onOneServer((server, round) => gather(round, (people) => play(server, round, people))),
};

async function play(
  server: ServerProcess,
  { chance }: Round,
  gathering: Gathering,
): Promise<Outcome> {
  const line = await TcpProxy.start(server.port);
  const outbox = createMemoryOutbox();
  try {
    let anna = gathering.person("Anna", line.socketUrl, { outbox });
    gathering.person("Ben", server.socketUrl);
    gathering.script("script", server.socketUrl);
    await gathering.allIn();
    const talking = gathering.talk(TIMES, BURST_MS);
    let underWay = 0;
    for (let visit = 2; visit <= RELOADS + 1; visit += 1) {
      await pause(whole(chance, 0, BURST_MS / RELOADS));
      if (happens(chance, OFFLINE)) line.cut();
      await pause(whole(chance, 0, BURST_MS / RELOADS / 4));
      underWay += anna.pending;
      anna = await gathering.reload(anna, `Anna, visit ${visit}`, line.socketUrl, outbox);
      line.mend();
    }
    await talking;
    const { verdict } = await gathering.judge(server.socketUrl);
    return { verdict, note: `${underWay} under way at ${RELOADS} reloads` };
  } finally {
    await line.close();
  }
}
