import { setImmediate } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { FairTurns } from "./fair-turns.ts";

describe("turns", () => {
  let now: number;
  let done: string[];
  let turns: FairTurns;
  beforeEach(() => {
    [now, done] = [0, []];
    turns = new FairTurns(() => now);
  });

  /** Work that takes so many ms, and brings about work that takes so many. */
  const ask = (asker: string, what: string, ms = 1, beside = 0) =>
    turns.take(asker, () => {
      now += ms;
      done.push(`${asker}${what}`);
      return beside;
    });

  async function allDone(): Promise<void> {
    for (let n = 0; n < 100; n += 1) await setImmediate();
  }

  it("come at once while there is little to do", async () => {
    for (let n = 0; n < 10; n += 1) ask("a", `${n}`);
    expect(done).toHaveLength(10);
    await setImmediate();
    now += 20;
    ask("a", "10");
    expect(done).toHaveLength(11);
  });

  it("wait beyond 10 ms of one turn of the event loop, however long it takes", async () => {
    for (let n = 0; n < 4; n += 1) {
      ask("a", `${n}`, 4);
      now += 20;
    }
    expect(done).toEqual(["a0", "a1", "a2"]);
    await allDone();
    expect(done).toHaveLength(4);
    ask("a", "4", 4);
    expect(done).toHaveLength(5);
  });

  it("go round if there is more than that, each asker's work in its order", async () => {
    for (const asker of ["a", "b", "c"]) ask(asker, "0", 4);
    for (let n = 1; n <= 40; n += 1) ask("a", `${n}`);
    for (let n = 1; n <= 2; n += 1) ask("b", `${n}`);
    ask("c", "1");
    expect(done).toEqual(["a0", "b0", "c0"]);
    await allDone();
    expect(done.slice(3, 9)).toEqual(["a1", "b1", "c1", "a2", "b2", "a3"]);
    expect(done.filter((what) => what.startsWith("a"))).toEqual(
      Array.from({ length: 41 }, (_, n) => `a${n}`),
    );
    expect(done).toHaveLength(46);
  });

  it("go first to those who ask for little, until they have asked for half of the average", async () => {
    for (const asker of ["a", "b"]) ask(asker, "0", 6);
    for (let n = 1; n <= 4; n += 1) ask("a", `${n}`);
    for (let n = 1; n <= 3; n += 1) ask("b", `${n}`);
    for (let n = 1; n <= 5; n += 1) ask("c", `${n}`);
    await allDone();
    // The line of c5 is chosen before c4 is done: c has spent 3 ms then, and the average is 5 ms.
    expect(done.slice(2, 9)).toEqual(["c1", "c2", "c3", "c4", "a1", "b1", "c5"]);
    expect(done).toHaveLength(14);
  });

  it("are as ever for those who asked for much long ago", async () => {
    ask("a", "0", 20);
    for (let n = 0; n < 10; n += 1) {
      now += 1_000;
      for (const asker of ["b", "c"]) ask(asker, "0", 6);
      ask("b", "1");
      await allDone();
    }
    now += 1_000;
    for (const asker of ["b", "c"]) ask(asker, "2", 6);
    ask("b", "3");
    ask("a", "1");
    await allDone();
    expect(done.slice(-2)).toEqual(["a1", "b3"]);
  });

  it.each([1, 600])("keep nobody waiting who asked for little for %i s before", async (seconds) => {
    for (let second = 0; second < seconds; second += 1) {
      for (let n = 0; n < 20; n += 1) ask(`member${n}`, "", 0.1);
      await setImmediate();
      now += 1_000;
    }
    for (let n = 0; n < 20; n += 1) {
      for (let f = 0; f < 10; f += 1) ask(`newcomer${f}`, "", 5);
    }
    done = [];
    ask("member0", "!");
    await allDone();
    // In its turn or before: each newcomer has one at the most.
    expect(done.indexOf("member0!")).toBeLessThanOrEqual(10);
  });

  it("go by the average of those who asked for something lately", async () => {
    for (let n = 0; n < 100; n += 1) {
      ask(`guest${n}`, "");
      await setImmediate();
      now += 20;
    }
    now += 10_000;
    done = [];
    for (const asker of ["a", "b"]) ask(asker, "0", 6);
    for (const asker of ["a", "b"]) ask(asker, "1");
    for (let n = 1; n <= 3; n += 1) ask("c", `${n}`);
    await allDone();
    expect(done).toEqual(["a0", "b0", "c1", "c2", "c3", "a1", "b1"]);
  });

  it("say how much of an asker waits", async () => {
    expect([ask("a", "0", 10), ask("a", "1"), ask("a", "2"), ask("b", "1")]).toEqual([0, 1, 2, 1]);
    await allDone();
  });

  it("count what work brings about", async () => {
    ask("a", "0", 10);
    for (let n = 1; n <= 3; n += 1) ask("a", `${n}`, 1, 4);
    await setImmediate();
    expect(done).toEqual(["a0", "a1"]);
    await allDone();
  });

  it("let everything else get on after a few ms", async () => {
    ask("a", "0", 10);
    for (let n = 1; n <= 12; n += 1) ask("a", `${n}`);
    const others: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      await setImmediate();
      others.push(done.length);
    }
    expect(others).toEqual([6, 11, 13]);
  });

  it("overtake nothing that waits, though there is time again", async () => {
    ask("a", "0", 10);
    ask("a", "1");
    now += 20;
    ask("a", "2");
    await allDone();
    expect(done).toEqual(["a0", "a1", "a2"]);
  });
});
