import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  believedNow,
  CATCH_UP_FACTOR,
  doubted,
  JUMP_MS,
  readClock,
  startClock,
  STEADY_FOR_MS,
  type BelievableClock,
} from "./believable-clock.ts";

const A_DAY_MS = 86_400_000;
const A_MINUTE_MS = 60_000;
const NOW = 1_800_000_000_000;

/** A clock that is looked at once a minute, and a wall clock that a test sets. */
function lifeFrom(wall: number, known: number | undefined) {
  let steady = 0;
  let ahead = wall - NOW;
  let clock: BelievableClock = startClock({ wall, steady }, known);
  return {
    /** Lets so much time pass. */
    pass(ms: number) {
      for (let left = ms; left > 0; left -= A_MINUTE_MS) {
        steady += Math.min(left, A_MINUTE_MS);
        clock = readClock(clock, { wall: NOW + steady + ahead, steady });
      }
    },
    /** Sets the wall clock so far ahead of the time that it is. */
    set(ms: number) {
      ahead = ms;
      clock = readClock(clock, { wall: NOW + steady + ahead, steady });
    },
    /** How far what is believed is ahead of the time that it is, in ms. */
    get ahead() {
      return believedNow(clock) - NOW - steady;
    },
    get doubted() {
      return doubted(clock);
    },
  };
}

describe("a clock that goes on steadily", () => {
  it("is believed to the ms if nothing contradicts it", () => {
    const life = lifeFrom(NOW, undefined);
    life.pass(A_DAY_MS);
    expect(life.ahead).toBe(0);
    expect(life.doubted).toBe(0);
  });

  it("is caught up with after a night in which the server was off", () => {
    const life = lifeFrom(NOW, NOW - 9 * 3_600_000);
    life.pass(STEADY_FOR_MS);
    expect(life.ahead).toBe(-9 * 3_600_000);
    life.pass(3 * 3_600_000 - A_MINUTE_MS);
    expect(life.ahead).toBeLessThan(0);
    life.pass(A_MINUTE_MS);
    expect(life.ahead).toBe(0);
  });
});

describe("a clock that gains or loses", () => {
  it.each([
    [JUMP_MS, 0],
    [-JUMP_MS, 0],
    [JUMP_MS + 1, A_MINUTE_MS],
    [-JUMP_MS - 1, A_MINUTE_MS],
  ])("%i ms at once is steady since %i", (ms, steadySince) => {
    const clock = startClock({ wall: NOW, steady: 0 }, NOW);
    const next = readClock(clock, { wall: NOW + A_MINUTE_MS + ms, steady: A_MINUTE_MS });
    expect(next.steadySince).toBe(steadySince);
  });
});

describe("a clock that jumps ahead", () => {
  it("is not believed for as long as it has not gone on steadily", () => {
    const life = lifeFrom(NOW, NOW);
    life.pass(A_DAY_MS);
    life.set(2 * A_DAY_MS);
    life.pass(70_000);
    expect(life.ahead).toBe(0);
    expect(life.doubted).toBe(2 * A_DAY_MS);
    life.set(0);
    life.pass(A_DAY_MS);
    expect(life.ahead).toBe(0);
    expect(life.doubted).toBe(0);
  });

  it("is not believed at a start either", () => {
    const life = lifeFrom(NOW + 365 * A_DAY_MS, NOW - 1_000);
    life.pass(STEADY_FOR_MS);
    expect(life.ahead).toBe(-1_000);
  });

  it("is believed little by little if it stays there: nobody else knows the time", () => {
    const life = lifeFrom(NOW, NOW);
    life.set(2 * A_DAY_MS);
    life.pass(STEADY_FOR_MS + 3_600_000);
    expect(life.ahead).toBe((CATCH_UP_FACTOR - 1) * 3_600_000);
    life.pass(A_DAY_MS);
    expect(life.ahead).toBe(2 * A_DAY_MS);
  });
});

describe("a clock that is set back", () => {
  it("is obeyed at once, and what was believed before comes back with it", () => {
    const life = lifeFrom(NOW, NOW);
    life.set(-2 * A_DAY_MS);
    expect(life.ahead).toBe(-2 * A_DAY_MS);
    life.pass(A_MINUTE_MS);
    life.set(0);
    expect(life.ahead).toBe(0);
  });

  it("is learnt from, if it stays there: the next jump ahead is not believed", () => {
    const life = lifeFrom(NOW + 2 * A_DAY_MS, undefined);
    life.set(0);
    life.pass(STEADY_FOR_MS + 2 * A_MINUTE_MS);
    life.set(2 * A_DAY_MS);
    expect(life.ahead).toBe(0);
  });
});

describe("with clocks set at random", () => {
  const step = fc.record({
    passed: fc.integer({ min: 0, max: A_DAY_MS }),
    set: fc.oneof(
      { weight: 3, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.integer({ min: -400 * A_DAY_MS, max: 400 * A_DAY_MS }) },
      { weight: 1, arbitrary: fc.integer({ min: -JUMP_MS, max: JUMP_MS }) },
    ),
  });
  const known = fc.option(fc.integer({ min: NOW - 400 * A_DAY_MS, max: NOW + 400 * A_DAY_MS }), {
    nil: undefined,
  });

  it("no moment is believed that is later than the wall clock says", () => {
    fc.assert(
      fc.property(known, fc.array(step), (known, steps) => {
        let reading = { wall: NOW, steady: 0 };
        let clock = startClock(reading, known);
        for (const { passed, set = 0 } of steps) {
          const { wall, steady } = reading;
          reading = { wall: wall + passed + set, steady: steady + passed };
          clock = readClock(clock, reading);
          expect(believedNow(clock)).toBeLessThanOrEqual(reading.wall);
        }
      }),
    );
  });

  it("what is kept in mind goes on at most a few times as fast as time, and not at all faster at first", () => {
    fc.assert(
      fc.property(known, fc.array(step), (known, steps) => {
        let reading = { wall: NOW, steady: 0 };
        let clock = startClock(reading, known);
        for (const { passed, set = 0 } of steps) {
          const before = clock;
          reading = { wall: reading.wall + passed + set, steady: reading.steady + passed };
          clock = readClock(clock, reading);
          const gained = clock.belief - before.belief;
          expect(gained).toBeLessThanOrEqual(passed * CATCH_UP_FACTOR);
          const steadyFor = reading.steady - clock.steadySince;
          if (steadyFor <= STEADY_FOR_MS) expect(gained).toBe(passed);
        }
      }),
    );
  });

  it("a clock that goes on steadily for long enough is believed in the end", () => {
    fc.assert(
      fc.property(known, fc.array(step, { maxLength: 20 }), (known, steps) => {
        let reading = { wall: NOW, steady: 0 };
        let clock = startClock(reading, known);
        for (const { passed, set = 0 } of steps) {
          reading = { wall: reading.wall + passed + set, steady: reading.steady + passed };
          clock = readClock(clock, reading);
        }
        const gap = Math.abs(reading.wall - clock.belief);
        for (const passed of [STEADY_FOR_MS, gap + 1]) {
          reading = { wall: reading.wall + passed, steady: reading.steady + passed };
          clock = readClock(clock, reading);
        }
        expect(doubted(clock)).toBe(0);
      }),
    );
  });
});
