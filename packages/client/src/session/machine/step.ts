import type { Effect } from "./effect.ts";

/** A state, of a slice or of the session, after something happened; and what to do, in order. */
export interface Step<State> {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** A step without effects, or with these. */
export function step<State>(state: State, ...effects: readonly Effect[]): Step<State> {
  return { state, effects };
}

/** One step after another. */
export function andThen<State>(
  first: Step<State>,
  next: (state: State) => Step<State>,
): Step<State> {
  const second = next(first.state);
  return { state: second.state, effects: [...first.effects, ...second.effects] };
}
