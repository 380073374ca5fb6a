import type { Observation } from "../checker/observation.ts";

/** How long acknowledgements take, from writing to the echo, reconnects included. */
export class AckTimes {
  readonly #wroteAt = new Map<string, number>();
  readonly #ms: number[] = [];

  /** Takes an observation, when it is made. */
  take(observation: Observation): void {
    if (observation.is === "wrote") {
      this.#wroteAt.set(`${observation.client} ${observation.id}`, performance.now());
    } else if (observation.is === "acknowledged") {
      const name = `${observation.client} ${observation.entry.payload.id}`;
      const from = this.#wroteAt.get(name);
      if (from === undefined) return;
      this.#wroteAt.delete(name);
      this.#ms.push(performance.now() - from);
    }
  }

  /** All of them in ms, in ascending order. */
  get sorted(): number[] {
    return this.#ms.toSorted((one, other) => one - other);
  }
}
