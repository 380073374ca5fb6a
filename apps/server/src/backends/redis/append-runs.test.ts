import { setImmediate as turn } from "node:timers/promises";
import { expect, it } from "vitest";
import { FakeTime } from "../../../test/fake-time.ts";
import { AppendRuns } from "./append-runs.ts";

/** The longest that an append waits for others, in ms. */
const GATHERED_MS = 8;

/** Notes when each append leaves, in ms from the start, and at which of them. */
function open() {
  const time = new FakeTime();
  const start = time.now();
  const runs = new AppendRuns(time.flushClock);
  const left: { readonly name: number; readonly at: number }[] = [];
  const append = (name: number) =>
    runs.add(async () => {
      left.push({ name, at: time.now() - start });
      return name;
    });
  return { time, runs, left, append, now: () => time.now() - start };
}

it("sends an append at once while few come", async () => {
  const { time, left, append } = open();
  for (let n = 0; n < 20; n += 1) {
    expect(await append(n)).toBe(n);
    time.pass(15);
  }
  expect(left.map(({ at }) => at)).toEqual(left.map(({ name }) => name * 15));
});

it("gathers those of a busy server, in their order, and none for longer than some ms", async () => {
  const { time, left, append, now } = open();
  const came: number[] = [];
  const answers: Promise<number>[] = [];
  for (let n = 0; n < 600; n += 1) {
    came.push(now());
    answers.push(append(n));
    // What is due at once leaves at the end of the turn.
    await turn();
    time.pass(2);
  }
  time.pass(GATHERED_MS);
  expect(await Promise.all(answers)).toEqual(came.map((_, n) => n));
  expect(left.map(({ name }) => name)).toEqual(came.map((_, n) => n));
  const waits = left.map(({ name, at }) => at - (came[name] ?? 0));
  expect(Math.max(...waits)).toBeLessThanOrEqual(GATHERED_MS);
  // Once it is busy, every few appends are a run.
  const late = left.slice(-300);
  expect(new Set(late.map(({ at }) => at)).size).toBeLessThanOrEqual(100);
});

it("gives each append its own answer and its own error", async () => {
  const { runs } = open();
  const [first, second, third] = await Promise.allSettled([
    runs.add(async () => 1),
    runs.add(() => Promise.reject(new Error("refused"))),
    runs.add(async () => 3),
  ]);
  expect([first, third]).toEqual([
    { status: "fulfilled", value: 1 },
    { status: "fulfilled", value: 3 },
  ]);
  expect(second).toMatchObject({ status: "rejected", reason: { message: "refused" } });
});
