import { expect, it } from "vitest";
import { inTurn } from "./in-turn.ts";

it("runs each once, in order, with at most this many at a time", async () => {
  const started: number[] = [];
  const waiting: (() => void)[] = [];
  const done = inTurn(5, 2, async (index) => {
    started.push(index);
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
    });
  });
  expect(started).toEqual([0, 1]);
  for (let next = 0; next < 5; next += 1) {
    expect(waiting.length).toBeLessThanOrEqual(next + 2);
    waiting[next]?.();
    await Promise.resolve();
    await Promise.resolve();
  }
  await done;
  expect(started).toEqual([0, 1, 2, 3, 4]);
});

it("is done at once if there is nothing to do", async () => {
  await expect(inTurn(0, 10, () => Promise.reject(new Error("called")))).resolves.toBeUndefined();
});
