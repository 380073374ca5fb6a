import { unreachable } from "@parley/protocol";
import { pause } from "@parley/testkit/waiting";
import { TcpProxy } from "@parley/testkit/tcp-proxy";
import type { ServerProcess } from "@parley/testkit/server-process";
import { branch, oneOf, whole, type Chance } from "../chance.ts";
import { gather, type Gathering } from "./gathering.ts";
import { onOneServer } from "./on-one-server.ts";
import type { Outcome, Round, Scenario } from "./scenario.ts";

/** How many bursts of messages are written. */
const TIMES = 60;
/** How long they write, in ms. */
const BURST_MS = 700;
/** The faults of each connection in a round. */
const FAULTS = 4;
/** The longest that one fault lasts, in ms. */
const FAULT_MS = 120;
/** The longest time between two faults of a connection, in ms. */
const PEACE_MS = 80;
/** The delay of a slow connection, in ms. */
const SLOW_MS = 30;

const FAULT_NAMES = ["reset", "stall", "deafen", "cut", "slow"] as const;
type Fault = (typeof FAULT_NAMES)[number];

/** All members but one have their own proxy, which fails in every way. */
export const network: Scenario = {
  name: "network",
  about: "lines that are cut, stall, lose acknowledgements, refuse and crawl while people write",
  rounds: 5,
  open: () =>
    onOneServer((server, round) => gather(round, (people) => play(server, round, people))),
};

async function play(
  server: ServerProcess,
  { chance }: Round,
  gathering: Gathering,
): Promise<Outcome> {
  const lines = await Promise.all([1, 2, 3].map(() => TcpProxy.start(server.port)));
  const [first, second, third] = lines.map(({ socketUrl }) => socketUrl);
  gathering.person("Anna", first ?? "");
  gathering.person("Ben", second ?? "");
  gathering.script("script", third ?? "");
  gathering.person("Dora", server.socketUrl);
  try {
    await gathering.allIn();
    const talking = gathering.talk(TIMES, BURST_MS);
    const faults = await Promise.all(lines.map((line) => misbehave(line, branch(chance))));
    await talking;
    const { verdict } = await gathering.judge(server.socketUrl);
    return { verdict, note: faults.map((each) => each.join(" ")).join(", ") };
  } finally {
    await Promise.all(lines.map((line) => line.close()));
  }
}

/** Causes some faults in a proxy, one after the other. @returns which */
export async function misbehave(line: TcpProxy, chance: Chance): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (let n = 0; n < FAULTS; n += 1) {
    await pause(whole(chance, 0, PEACE_MS));
    const fault = oneOf(chance, FAULT_NAMES) ?? "reset";
    await bring(fault, line, whole(chance, 1, FAULT_MS));
    faults.push(fault);
  }
  return faults;
}

async function bring(fault: Fault, line: TcpProxy, ms: number): Promise<void> {
  switch (fault) {
    case "reset":
      return line.reset();
    case "stall":
      return line.stall(pause(ms));
    case "deafen":
      return line.deafen(pause(ms));
    case "cut": {
      line.cut();
      await pause(ms);
      return line.mend();
    }
    case "slow":
      line.delay(SLOW_MS);
      await pause(ms);
      return line.delay(0);
    default:
      return unreachable(fault);
  }
}
