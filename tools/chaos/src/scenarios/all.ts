import { SmallDisk } from "@parley/testkit/small-disk";
import { clock } from "./clock.ts";
import { fullDisk } from "./full-disk.ts";
import type { Attack } from "../hostile/attack.ts";
import { hostile } from "./hostile.ts";
import { kill } from "./kill.ts";
import { network } from "./network.ts";
import { privateKill } from "./private-kill.ts";
import { privateSleeper } from "./private-sleeper.ts";
import { realFullDisk } from "./real-full-disk.ts";
import { reload } from "./reload.ts";
import { repeats } from "./repeats.ts";
import { PowerCutDisk } from "../storage/power-cut-disk.ts";
import { powerCut } from "./power-cut.ts";
import type { Scenario } from "./scenario.ts";
import { sleeper } from "./sleeper.ts";
import { slowDisk } from "./slow-disk.ts";

const canMount = await SmallDisk.isPossible();
const canCutPower = await PowerCutDisk.isPossible();

/** What cannot run here, and why; it is printed, so that nobody believes that it ran. */
export const leftOut: readonly string[] = [
  ...(canMount ? [] : [`${realFullDisk.name}: no small disk can be mounted here`]),
  ...(canCutPower ? [] : [`${powerCut.name}: it takes Linux and a C compiler`]),
];

const others: readonly Scenario[] = [
  kill,
  network,
  privateKill,
  privateSleeper,
  reload,
  repeats,
  fullDisk,
  ...(canMount ? [realFullDisk] : []),
  ...(canCutPower ? [powerCut] : []),
  slowDisk,
  clock,
  sleeper,
];

/**
 * Every scenario that can run here, in order.
 * @param attack what the hostile one does
 */
export function oneServerScenarios(attack: Attack): readonly Scenario[] {
  return [...others, hostile(attack)];
}
