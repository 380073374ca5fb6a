import { beforeEach, describe, expect, it } from "vitest";
import { STEADY_FOR_MS, type Reading } from "../timing/believable-clock.ts";
import { AgeLimit, machineClocks, type ClockReport } from "./retention.ts";

const AN_HOUR_MS = 3_600_000;
const A_DAY_MS = 24 * AN_HOUR_MS;
const NOW = 1_800_000_000_000;
/** What the steady clock of a process says that has run for long. */
const RUNNING_FOR_MS = 10 * A_DAY_MS;

let now: Reading;
let told: ClockReport[];
beforeEach(() => {
  now = { wall: NOW, steady: RUNNING_FOR_MS };
  told = [];
});

const start = (ageMs = A_DAY_MS) =>
  new AgeLimit(
    ageMs,
    NOW,
    () => now,
    (report) => told.push(report),
  );

/** Lets time pass, and sets the wall clock so far ahead. */
function pass(limit: AgeLimit, ms: number, ahead = 0): void {
  now = { wall: now.wall + ms + ahead, steady: now.steady + ms };
  limit.look();
}

describe("the moment from before which nothing is kept", () => {
  it("is none in the first minutes, however long the machine runs, and then goes by the age", () => {
    const limit = start();
    pass(limit, STEADY_FOR_MS - 1);
    expect(limit.since).toBe(-Infinity);
    pass(limit, 1);
    expect(limit.since).toBe(NOW + STEADY_FOR_MS - A_DAY_MS);
  });
});

describe("a clock that is not believed", () => {
  it("is told of from an hour on, and once more when it is believed", () => {
    const limit = start();
    pass(limit, 0, AN_HOUR_MS - 1);
    expect(told).toEqual([]);
    pass(limit, 0, 1);
    pass(limit, 0, 1);
    expect(told).toEqual([{ is: "clock", aheadMs: AN_HOUR_MS }]);
    pass(limit, 0, -AN_HOUR_MS - 1);
    pass(limit, 0);
    expect(told.slice(1)).toEqual([{ is: "clock", aheadMs: 0 }]);
  });

  it("is no matter if nothing goes by age", () => {
    pass(start(Infinity), 0, A_DAY_MS);
    expect(told).toEqual([]);
  });
});

it("goes by the clocks of the machine", () => {
  const [wall, steady] = [Date.now(), performance.now()];
  const reading = machineClocks();
  expect(Math.abs(reading.wall - wall)).toBeLessThan(A_DAY_MS);
  expect(reading.steady).toBeGreaterThanOrEqual(steady);
  expect(machineClocks().steady).toBeGreaterThanOrEqual(reading.steady);
});
