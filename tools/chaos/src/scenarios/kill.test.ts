import { testSeed } from "@parley/testkit/seed";
import { expect, it } from "vitest";
import { playTurn, type Played } from "../turn.ts";
import { kill } from "./kill.ts";

/** The nightly run has far more of them. */
const ROUNDS = 8;
/** A round that takes this long hangs, in ms: each starts servers, which a busy machine does slowly. */
const ROUND_MS = 100_000;
/** All rounds, and the last look at what they left. */
const TEST_MS = (ROUNDS + 1) * ROUND_MS;

it(
  `[D1, D2, O1, R1] loses, doubles and reorders nothing in ${ROUNDS} rounds of kill -9`,
  { timeout: TEST_MS },
  async () => {
    const seed = testSeed;
    const played: Played[] = [];
    const { figures, violations } = await playTurn({
      scenario: kill,
      rounds: ROUNDS,
      seed,
      isOver: () => false,
      onPlayed: (round) => played.push(round),
    });
    expect(violations, `pnpm chaos --scenario kill-9 --rounds ${ROUNDS} --seed ${seed}`).toEqual(
      [],
    );
    expect(figures.rounds).toBe(ROUNDS);
    // A setting may be refused if another one came before it.
    expect(figures.acknowledged + figures.refused).toBeGreaterThanOrEqual(figures.sent);
    // Some kills must hit unanswered entries, or this proves nothing.
    expect(played.filter(({ outcome }) => (outcome.underWay ?? 0) > 0).length).toBeGreaterThan(0);
  },
);
