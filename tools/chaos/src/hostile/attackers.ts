import { pause, holds } from "@parley/testkit/waiting";
import { branch, chanceOf, whole, type Chance } from "../chance.ts";
import { LONGER_BY_MS, noHarm, type Harm, type AttackInput } from "./attack.ts";
import type { Attacker } from "./attacker.ts";
import { dearFrames } from "./dear-frames.ts";
import { asksAndReadsNothing, comesAndGoes, floods, sendsDear } from "./in-rooms.ts";
import { breaks, downloadsOf } from "./outside-rooms.ts";

/**
 * A program: all attackers of one attack. It reports to its parent what they did, and ends with it.
 */

/** The time over which the first sockets are opened, in ms. */
const OPENED_OVER_MS = 1_000;

process.once("disconnect", () => process.exit(0));
const target = JSON.parse(process.argv[2] ?? "") as AttackInput;
const downloads = await downloadsOf(target.port);
const dear = dearFrames(target.seed);

/** How many sockets of an address do what: 50 in all, the most that it may have. */
const ROLES: readonly (readonly [sockets: number, act: (attacker: Attacker) => Promise<void>])[] = [
  [20, asksAndReadsNothing],
  [5, floods],
  [10, (attacker) => sendsDear(attacker, dear)],
  [10, comesAndGoes],
  [5, (attacker) => breaks(attacker, downloads)],
];

const harm: Harm = { ...noHarm };
const chance = chanceOf(target.seed);
const end = performance.now() + target.seconds * 1_000;
const isOver = () => performance.now() > end && (target.addresses === 0 || isAllDone());
for (let n = 0; n < target.addresses; n += 1) attackFrom(addressOf(n), branch(chance));
await holds(isOver, target.seconds * 1_000 + LONGER_BY_MS);
process.send?.(harm);

function attackFrom(address: string, chance: Chance): void {
  const { port } = target;
  for (const [sockets, act] of ROLES) {
    for (let n = 0; n < sockets; n += 1) {
      void begin(act, { port, address, chance: branch(chance), harm, isOver });
    }
  }
}

async function begin(act: (attacker: Attacker) => Promise<void>, attacker: Attacker) {
  await pause(whole(attacker.chance, 0, OPENED_OVER_MS));
  await act(attacker);
}

/** Whether each thing was done at least once: an attack that did not start proves nothing. */
function isAllDone(): boolean {
  return Object.values<number>({ ...harm }).every((times) => times > 0);
}

/** One of the addresses that RFC 2544 reserves for speed tests. */
function addressOf(n: number): string {
  return `198.18.${Math.floor(n / 250)}.${(n % 250) + 1}`;
}
