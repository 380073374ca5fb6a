import { setImmediate } from "node:timers/promises";
import { beforeEach, expect, it, vi } from "vitest";
import { PacedFlushes } from "./paced-flushes.ts";

let now: number;
let done: string[];
let flushes: PacedFlushes;
beforeEach(() => {
  [now, done] = [0, []];
  flushes = new PacedFlushes(() => now);
});

/** Schedules a write that takes so many ms. */
const write = (what: string, ms = 1, waitMs = 0) =>
  flushes.schedule(waitMs, () => {
    now += ms;
    done.push(what);
  });

it("writes what is due at the end of the turn", async () => {
  write("a");
  write("b");
  expect(done).toEqual([]);
  await setImmediate();
  expect(done).toEqual(["a", "b"]);
});

it("writes for 10 ms of a turn, and the rest in the next ones", async () => {
  for (let n = 0; n < 6; n += 1) write(`${n}`, 4);
  const written: number[] = [];
  for (let n = 0; n < 3; n += 1) {
    await setImmediate();
    written.push(done.length);
  }
  expect(written).toEqual([3, 6, 6]);
});

it("leaves to the next turn what is scheduled meanwhile", async () => {
  flushes.schedule(0, () => {
    done.push("first");
    write("second");
  });
  await setImmediate();
  expect(done).toEqual(["first"]);
  await setImmediate();
  expect(done).toEqual(["first", "second"]);
});

it("writes before those that waited what did not wait", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  try {
    for (const what of ["a", "b", "c"]) write(what, 10, 5);
    vi.advanceTimersByTime(5);
  } finally {
    vi.useRealTimers();
  }
  write("quiet", 10);
  for (let n = 0; n < 4; n += 1) await setImmediate();
  expect(done).toEqual(["quiet", "a", "b", "c"]);
});

it("writes nothing that was cancelled", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    write("waits", 1, 5)();
    const due = write("due", 1, 5);
    vi.advanceTimersByTime(5);
    due();
  } finally {
    vi.useRealTimers();
  }
  write("now")();
  let later = () => {};
  flushes.schedule(0, () => later());
  later = write("cancelled by an earlier one");
  write("kept");
  await setImmediate();
  expect(done).toEqual(["kept"]);
});
