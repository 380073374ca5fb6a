import { expect, it } from "vitest";
import { FakeTime } from "../../test/fake-time.ts";
import { inTurns } from "./flush-clock.ts";

it("does what is due in the turn of its asker, and not what was taken back by then", () => {
  const time = new FakeTime();
  const line: (() => void)[] = [];
  const askers: string[] = [];
  const turns = {
    take: (asker: string, work: () => number | void) => {
      askers.push(asker);
      return line.push(work);
    },
  };
  const clock = inTurns(time.flushClock, turns, "lobby");
  const done: string[] = [];
  clock.schedule(5, () => done.push("one"));
  const takeBack = clock.schedule(5, () => done.push("two"));
  clock.schedule(9, () => done.push("three"))();
  time.pass(10);
  expect(askers).toEqual(["lobby", "lobby"]);
  expect(done).toEqual([]);
  takeBack();
  for (const work of line) work();
  expect(done).toEqual(["one"]);
});
