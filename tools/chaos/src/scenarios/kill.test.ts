import { testSeed } from "@parley/testkit/seed";
import { expect, it } from "vitest";
import { playTurn, type Played } from "../turn.ts";
import { kill } from "./kill.ts";

/** Every night has far more of them. */
const ROUNDS = 8;

it(`[D1, D2, O1, R1] loses, doubles and turns round nothing in ${ROUNDS} rounds of kill -9`, async () => {
  const seed = testSeed;
  const played: Played[] = [];
  const { figures, violations } = await playTurn({
    scenario: kill,
    rounds: ROUNDS,
    seed,
    isOver: () => false,
    onPlayed: (round) => played.push(round),
  });
  expect(violations, `pnpm chaos --scenario kill-9 --rounds ${ROUNDS} --seed ${seed}`).toEqual([]);
  expect(figures.rounds).toBe(ROUNDS);
  // A setting may be refused, where another one came before it.
  expect(figures.acknowledged + figures.refused).toBeGreaterThanOrEqual(figures.sent);
  // Some kills have to hit what was written and not answered: else this shows nothing.
  expect(played.filter(({ outcome }) => (outcome.underWay ?? 0) > 0).length).toBeGreaterThan(0);
});
