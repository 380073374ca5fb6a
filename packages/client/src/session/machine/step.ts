import type { Effect } from "./effect.ts";

/** The next state of a slice or of the session, and the effects to carry out, in order. */
export interface Step<State> {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** A step with these effects. */
export function step<State>(state: State, ...effects: readonly Effect[]): Step<State> {
  return { state, effects };
}

/** Applies a second step after the first, and joins their effects. */
export function andThen<State>(
  first: Step<State>,
  next: (state: State) => Step<State>,
): Step<State> {
  const second = next(first.state);
  return { state: second.state, effects: [...first.effects, ...second.effects] };
}
