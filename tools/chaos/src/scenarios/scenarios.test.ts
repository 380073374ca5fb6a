import { testSeed } from "@parley/testkit/seed";
import { expect, it } from "vitest";
import { playTurn } from "../turn.ts";
import { leftOut, oneServerScenarios } from "./all.ts";
import { kill } from "./kill.ts";

/** Short: the attack ends once each thing was done, on a machine of any speed. */
const attack = { addresses: 1, seconds: 2 };
const others = oneServerScenarios(attack).filter((scenario) => scenario !== kill);

for (const why of leftOut) process.stderr.write(`Not played: ${why}.\n`);

it.each(others)("keeps every promise with $about", async (scenario) => {
  const seed = testSeed;
  const turn = { scenario, rounds: 1, seed, isOver: () => false, onPlayed: () => {} };
  const { figures, violations } = await playTurn(turn);
  expect(violations, `pnpm chaos --scenario ${scenario.name} --seed ${seed}`).toEqual([]);
  expect(figures.rounds).toBe(1);
  expect(figures.acknowledged).toBeGreaterThan(0);
});
