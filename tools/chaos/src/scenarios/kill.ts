import { createHash } from "node:crypto";
import { pause, holds } from "@parley/testkit/waiting";
import type { ServerProcess } from "@parley/testkit/server-process";
import { happens, whole } from "../chance.ts";
import { contentOf } from "../checker/content.ts";
import type { FinalLog } from "../checker/observation.ts";
import { readFinalLog } from "../actors/final-log.ts";
import { gather, type Gathering } from "./gathering.ts";
import {
  unexpected,
  type Outcome,
  type Round,
  type Scenario,
  type RunningScenario,
} from "./scenario.ts";
import { startServer } from "../servers.ts";

/** How many bursts of messages are written. */
const TIMES = 50;
/** How long they write, in ms. */
const BURST_MS = 200;
/** The share of rounds in which the kill waits for an unanswered entry. */
const KILLED_AMID = 0.75;
/** The share of rounds in which the server is killed again as it starts. */
const KILLED_STARTING = 0.2;
/** The latest time of that kill, in ms after the start. */
const STARTING_MS = 300;
/** The share of rounds in which the server is killed again before the final log is read. */
const KILLED_AFTERWARDS = 0.25;

/** The server is killed with SIGKILL at a random moment, and restarted. */
export const kill: Scenario = {
  name: "kill-9",
  about: "SIGKILL at any moment of a burst of three people and a script",
  rounds: 20,
  async open(): Promise<RunningScenario> {
    const server = await startServer();
    /** A digest of each room's log at the end of its round. */
    const digests = new Map<string, string>();
    return {
      async play(round) {
        const { outcome, log } = await gather(round, (people) => play(server, round, people));
        digests.set(round.roomId, digestOf(log));
        return outcome;
      },
      async finish() {
        try {
          await server.kill();
          await server.start();
          const changed: string[] = [];
          for (const [roomId, digest] of digests) {
            const log = await readFinalLog(server.socketUrl, roomId);
            if (digestOf(log) !== digest) changed.push(roomId);
          }
          return changed.map((roomId) => unexpected(`later kills changed the log of ${roomId}`));
        } finally {
          await server.dispose();
        }
      },
    };
  },
};

async function play(
  server: ServerProcess,
  { chance }: Round,
  gathering: Gathering,
): Promise<{ outcome: Outcome; log: FinalLog }> {
  for (const name of ["Anna", "Ben", "Cleo"]) gathering.person(name, server.socketUrl);
  gathering.script("script", server.socketUrl);
  await gathering.allIn();
  const talking = gathering.talk(TIMES, BURST_MS);
  const at = whole(chance, 0, BURST_MS);
  await pause(at);
  // A fast disk has answered everything at most moments; such kills prove little.
  if (happens(chance, KILLED_AMID)) await holds(() => gathering.pending > 0, BURST_MS);
  const underWay = gathering.pending;
  await server.kill();
  if (happens(chance, KILLED_STARTING)) {
    server.launch();
    await pause(whole(chance, 0, STARTING_MS));
    await server.kill();
  }
  await server.start();
  await talking;
  if (happens(chance, KILLED_AFTERWARDS)) {
    await gathering.settled();
    await server.kill();
    await server.start();
  }
  const { verdict, log } = await gathering.judge(server.socketUrl);
  const note = `killed from ${at} ms on, ${underWay} under way`;
  return { outcome: { verdict, underWay, note }, log };
}

function digestOf({ epoch, head, first, entries, told }: FinalLog): string {
  const hash = createHash("sha256").update(JSON.stringify([epoch, head, first, told]));
  for (const entry of entries) hash.update(contentOf(entry));
  return hash.digest("hex");
}
