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

  /** Work that takes so many ms. */
  const ask = (asker: string, what: string, ms = 1) =>
    turns.take(asker, () => {
      now += ms;
      done.push(`${asker}${what}`);
    });

  async function allDone(): Promise<void> {
    for (let n = 0; n < 100; n += 1) await setImmediate();
  }

  it("come at once while there is little to do", () => {
    for (let n = 0; n < 10; n += 1) ask("a", `${n}`);
    expect(done).toHaveLength(10);
    now += 20;
    ask("a", "10");
    expect(done).toHaveLength(11);
  });

  it("go round where there is more than that, each asker's work in its order", async () => {
    ask("a", "0", 10);
    for (let n = 1; n <= 40; n += 1) ask("a", `${n}`);
    for (let n = 1; n <= 2; n += 1) ask("b", `${n}`);
    ask("c", "1");
    expect(done).toEqual(["a0"]);
    await allDone();
    expect(done.slice(0, 7)).toEqual(["a0", "a1", "b1", "c1", "a2", "b2", "a3"]);
    expect(done.filter((what) => what.startsWith("a"))).toEqual(
      Array.from({ length: 41 }, (_, n) => `a${n}`),
    );
    expect(done).toHaveLength(44);
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
