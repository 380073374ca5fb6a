import type { Chance } from "../chance.ts";
import type { Verdict, Violation } from "../checker/verdict.ts";

/** One round: an unused room, and a repeatable random source. */
export interface Round {
  readonly roomId: string;
  readonly chance: Chance;
}

export interface Outcome {
  readonly verdict: Verdict;
  /** How many entries were unanswered when the server was killed, if it was. */
  readonly underWay?: number;
  /** A few words on what happened in this round, for its line. */
  readonly note: string;
}

/** A running scenario: what its rounds share, such as a server with its data. */
export interface RunningScenario {
  /** Plays a round to its end, within a limited time. */
  play(round: Round): Promise<Outcome>;
  /**
   * Ends everything, and returns further violations. Called once, even after a round that threw.
   */
  finish(): Promise<readonly Violation[]>;
}

/** One kind of fault. */
export interface Scenario {
  readonly name: string;
  /** What happens, in a sentence. */
  readonly about: string;
  /** How many rounds are played by default. */
  readonly rounds: number;
  open(): Promise<RunningScenario>;
}

/** The violation that the event which the scenario should cause did not happen. */
export function unexpected(what: string): Violation {
  return { kind: "unexpected", what };
}

/** A violation for each thing that does not hold. */
export function expectations(holds: Readonly<Record<string, boolean>>): Violation[] {
  return Object.entries(holds)
    .filter(([, isSo]) => !isSo)
    .map(([what]) => unexpected(`not so: ${what}`));
}
