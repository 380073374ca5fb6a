import type { Chance } from "../chance.ts";
import type { Verdict, Violation } from "../checker/verdict.ts";

/** One round: a room of its own, and chance that can be repeated. */
export interface Round {
  readonly roomId: string;
  readonly chance: Chance;
}

export interface Outcome {
  readonly verdict: Verdict;
  /** How much was written and not answered when the server was killed, where it was. */
  readonly underWay?: number;
  /** A few words on what this round had in store, for its line. */
  readonly note: string;
}

/** A scenario under way: what its rounds share, such as a server with its data. */
export interface Stage {
  /** Plays a round to its end; bounded in time. */
  play(round: Round): Promise<Outcome>;
  /** Ends it all, and tells what is found wrong then. Called once, also after a round that threw. */
  finish(): Promise<readonly Violation[]>;
}

/** One idea of what can go wrong. */
export interface Scenario {
  readonly name: string;
  /** What happens, in a sentence. */
  readonly about: string;
  /** How many rounds are played in a turn, where nobody says otherwise. */
  readonly rounds: number;
  open(): Promise<Stage>;
}

/** Says that something which the scenario is there to show did not happen. */
export function unexpected(what: string): Violation {
  return { kind: "unexpected", what };
}

/** A violation for each thing that does not hold. */
export function expectations(holds: Readonly<Record<string, boolean>>): Violation[] {
  return Object.entries(holds)
    .filter(([, isSo]) => !isSo)
    .map(([what]) => unexpected(`not so: ${what}`));
}
