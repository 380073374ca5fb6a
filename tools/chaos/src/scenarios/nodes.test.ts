import { testSeed } from "@parley/testkit/seed";
import { expect, it } from "vitest";
import { playTurn } from "../turn.ts";
import { testedNodesScenarios } from "./nodes-all.ts";

const NODES = 3;

it.each(testedNodesScenarios(NODES))(
  "[O2, D1, D2, R2] keeps every promise with $about",
  async (scenario) => {
    const seed = testSeed;
    const turn = { scenario, rounds: 1, seed, isOver: () => false, onPlayed: () => {} };
    const { figures, violations } = await playTurn(turn);
    expect(
      violations,
      `pnpm chaos --nodes ${NODES} --scenario ${scenario.name} --seed ${seed}`,
    ).toEqual([]);
    expect(figures.rounds).toBe(1);
    expect(figures.acknowledged).toBeGreaterThan(0);
  },
);
