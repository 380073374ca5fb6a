/** Returns a number from 0 up to, but not including, 1; the same sequence for the same seed. */
export type Chance = () => number;

/** A repeatable random source (mulberry32): for schedules of tests, not for secrets. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A random seed of 31 bits. */
export function anySeed(): number {
  return seedFrom(Math.random);
}

/** The seed of the round after the one with this seed. */
export function seedAfter(seed: number): number {
  return seedFrom(chanceOf(seed));
}

/** A separate random source for a parallel task, which other draws do not change. */
export function branch(chance: Chance): Chance {
  return chanceOf(seedFrom(chance));
}

/** A whole number from `least` to `most`, both included. */
export function whole(chance: Chance, least: number, most: number): number {
  return least + Math.floor(chance() * (most - least + 1));
}

/** Whether an event happens that has this probability, 0 to 1. */
export function happens(chance: Chance, share: number): boolean {
  return chance() < share;
}

/** One of these; undefined if there are none. */
export function oneOf<Item>(chance: Chance, items: readonly Item[]): Item | undefined {
  return items[whole(chance, 0, items.length - 1)];
}

function seedFrom(chance: Chance): number {
  return Math.floor(chance() * 2 ** 31);
}
