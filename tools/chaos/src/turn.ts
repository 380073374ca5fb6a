import { chanceOf, seedAfter } from "./chance.ts";
import { alsoFound, nothingChecked, together, type Verdict } from "./checker/verdict.ts";
import {
  unexpected,
  type Outcome,
  type Scenario,
  type RunningScenario,
} from "./scenarios/scenario.ts";

/** A round that was played. */
export interface Played {
  readonly scenario: string;
  /** Plays the round again, as the first of a run of its scenario. */
  readonly seed: number;
  readonly outcome: Outcome;
  readonly ms: number;
}

export interface Turn {
  readonly scenario: Scenario;
  /** How many rounds. */
  readonly rounds: number;
  /** The seed of the first round; each further round has the next. */
  readonly seed: number;
  /** Whether to stop before the next round. */
  readonly isOver: () => boolean;
  readonly onPlayed: (played: Played) => void;
}

/**
 * Plays rounds of one scenario. An error of a round is a violation, and the next round is played.
 * @returns the sum of all rounds
 */
export async function playTurn({
  scenario,
  rounds,
  seed,
  isOver,
  onPlayed,
}: Turn): Promise<Verdict> {
  const stage = await scenario.open();
  let verdict = nothingChecked;
  let roundSeed = seed;
  try {
    for (let n = 0; n < rounds && !isOver(); n += 1) {
      const from = performance.now();
      const outcome = await playRound(stage, scenario.name, roundSeed);
      const ms = performance.now() - from;
      verdict = together(verdict, outcome.verdict);
      onPlayed({ scenario: scenario.name, seed: roundSeed, outcome, ms });
      roundSeed = seedAfter(roundSeed);
    }
  } finally {
    verdict = alsoFound(verdict, await stage.finish());
  }
  return verdict;
}

async function playRound(stage: RunningScenario, name: string, seed: number): Promise<Outcome> {
  try {
    return await stage.play({ roomId: `${name}-${seed}`, chance: chanceOf(seed) });
  } catch (error) {
    const figures = { ...nothingChecked.figures, rounds: 1 };
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { verdict: { figures, violations: [unexpected(why)] }, note: "broken off" };
  }
}
