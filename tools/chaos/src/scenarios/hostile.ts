import { choosePinning, keepTo } from "@parley/testkit/cores";
import { percentile } from "@parley/testkit/percentile";
import { pause } from "@parley/testkit/waiting";
import type { ServerProcess } from "@parley/testkit/server-process";
import { branch, whole } from "../chance.ts";
import { alsoFound } from "../checker/verdict.ts";
import { attack, type Attack, type Harm } from "../hostile/attack.ts";
import { PROXY_HEADER } from "../hostile/hostile-socket.ts";
import { measure, type Cost } from "../hostile/meter.ts";
import { gather, type Gathering } from "./gathering.ts";
import { onOneServer } from "./on-one-server.ts";
import { expectations, type Outcome, type Round, type Scenario } from "./scenario.ts";

/** The server as a host would run it behind a proxy, with its default limits. */
const AS_SHIPPED = { env: { LIMITS: "on", TRUST_PROXY: PROXY_HEADER } };
/**
 * The time between two messages, in ms: two members in turn stay below their limit of 5 a second.
 */
const SAY_EVERY_MS = 125;
/** The aim for acknowledgements of the members, in ms: a figure, no promise. */
const HELD_MS = 250;
const A_MEBIBYTE = 1024 * 1024;

/** Many addresses attack at the default limits; two members in a separate room chat. */
export function hostile(attack: Attack): Scenario {
  return {
    name: "hostile",
    about: "attackers at the default limits, while two others talk (--addresses, --seconds)",
    rounds: 1,
    open: () =>
      onOneServer(
        (server, round) =>
          offOneCore(() => gather(round, (people) => play(server, attack, round, people))),
        AS_SHIPPED,
      ),
  };
}

/**
 * Keeps the attackers off one core, if there are two, because they attack from elsewhere in earnest. The
 * server may use both: other threads than its main one store and collect garbage.
 */
async function offOneCore<Result>(work: () => Promise<Result>): Promise<Result> {
  const pinning = choosePinning();
  if (pinning.is === "not pinned") return work();
  const { server, generator, spare } = pinning;
  keepTo([generator, ...spare], process.pid);
  try {
    return await work();
  } finally {
    keepTo([server, generator, ...spare], process.pid);
  }
}

async function play(
  server: ServerProcess,
  { addresses, seconds }: Attack,
  { chance }: Round,
  gathering: Gathering,
): Promise<Outcome> {
  // The attackers send other addresses; these two have that of their sockets.
  for (const name of ["Anna", "Ben"]) gathering.person(name, server.socketUrl);
  await gathering.allIn();
  const seed = whole(branch(chance), 0, 2 ** 31 - 1);
  const tell = await measure(server);
  let isOver = false;
  const attacking = attack({ addresses, seconds, port: server.port, seed }).finally(() => {
    isOver = true;
  });
  const [harm] = await Promise.all([attacking, talk(gathering, () => isOver)]);
  const cost = await tell();
  const { verdict } = await gathering.judge(server.socketUrl);
  const isDone = (times: number) => addresses === 0 || times > 0;
  const found = expectations(
    Object.fromEntries(
      Object.entries<number>({ ...harm }).map(([what, times]) => [`${what} > 0`, isDone(times)]),
    ),
  );
  const parts = [attackIn(addresses, harm), costIn(cost), timesIn(gathering.ackTimes.sorted)];
  return { verdict: alsoFound(verdict, found), note: parts.join("; ") };
}

async function talk({ actors }: Gathering, isOver: () => boolean): Promise<void> {
  for (let n = 0; !isOver(); n += 1) {
    actors[n % actors.length]?.write(`message ${n}`);
    await pause(SAY_EVERY_MS);
  }
}

function attackIn(addresses: number, { pages, chats, dear, moves, broken }: Harm): string {
  const from = addresses === 1 ? "1 address" : `${addresses} addresses`;
  return `${from}: ${pages} pages, ${chats} chats, ${dear} dear frames, ${moves} moves, ${broken} broken sockets`;
}

function costIn({ peakBytes, grownBytes, cpuMs, storedBytes }: Cost): string {
  const cpu = cpuMs === undefined ? "?" : (cpuMs / 1_000).toFixed(1);
  return (
    `server: peak ${mebibytes(peakBytes)} MiB (${mebibytes(grownBytes)} more than before), ` +
    `${mebibytes(storedBytes)} MiB on disk, ${cpu} s of CPU`
  );
}

function timesIn(sorted: readonly number[]): string {
  const [p50, p99] = [0.5, 0.99].map((share) => percentile(sorted, share).toFixed(0));
  return `the two: p50 ${p50} ms, p99 ${p99} ms of ${HELD_MS}`;
}

function mebibytes(bytes: number | undefined): string {
  return bytes === undefined ? "?" : (bytes / A_MEBIBYTE).toFixed(1);
}
