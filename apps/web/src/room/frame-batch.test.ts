import { expect, it, vi } from "vitest";
import { createFrameBatch, type AnimationFrames } from "./frame-batch.ts";

function fakeFrames() {
  let frame: ((itemsMax?: number) => void) | undefined;
  let timer: { ms: number; callback: () => void } | undefined;
  const frames: AnimationFrames = {
    nextFrame: (callback) => {
      frame = callback;
      return () => {
        frame = undefined;
      };
    },
    after: (ms, callback) => {
      timer = { ms, callback };
      return () => {
        timer = undefined;
      };
    },
  };
  return {
    frames,
    paint: (itemsMax?: number) => frame?.(itemsMax),
    elapse: () => timer?.callback(),
    waits: () => frame !== undefined || timer !== undefined,
  };
}

it("delivers what arrived within a frame at once, in order", () => {
  const clock = fakeFrames();
  const deliver = vi.fn<(gathered: readonly number[]) => void>();
  const batch = createFrameBatch(clock.frames, deliver);
  batch.add(1);
  batch.add(2);
  expect(deliver).not.toHaveBeenCalled();
  clock.paint();
  batch.add(3);
  clock.paint();
  expect(deliver.mock.calls).toEqual([[[1, 2]], [[3]]]);
});

it("falls back to a timer if no frame comes, and delivers once", () => {
  const clock = fakeFrames();
  const deliver = vi.fn<(gathered: readonly number[]) => void>();
  const batch = createFrameBatch(clock.frames, deliver);
  batch.add(1);
  clock.elapse();
  clock.paint();
  expect(deliver).toHaveBeenCalledExactlyOnceWith([1]);
  expect(clock.waits()).toBe(false);
});

it("drops waiting items when it is closed", () => {
  const clock = fakeFrames();
  const deliver = vi.fn<(gathered: readonly number[]) => void>();
  const batch = createFrameBatch(clock.frames, deliver);
  batch.add(1);
  batch.close();
  clock.paint();
  clock.elapse();
  expect(deliver).not.toHaveBeenCalled();
});

it("delivers what is added meanwhile in the next frame", () => {
  const clock = fakeFrames();
  const seen: (readonly number[])[] = [];
  const batch = createFrameBatch<number>(clock.frames, (gathered) => {
    seen.push(gathered);
    if (seen.length === 1) batch.add(2);
  });
  batch.add(1);
  clock.paint();
  expect(seen).toEqual([[1]]);
  clock.paint();
  expect(seen).toEqual([[1], [2]]);
});

it("delivers what is too much for a frame in one that has the time, all of it and in order", () => {
  const clock = fakeFrames();
  const seen: (readonly number[])[] = [];
  const batch = createFrameBatch<number>(clock.frames, (gathered) => seen.push(gathered));
  for (const item of [1, 2, 3]) batch.add(item);
  clock.paint(2);
  batch.add(4);
  clock.paint(3);
  expect(seen).toEqual([]);
  clock.paint();
  for (const item of [5, 6]) batch.add(item);
  clock.paint(2);
  expect(seen).toEqual([
    [1, 2, 3, 4],
    [5, 6],
  ]);
  expect(clock.waits()).toBe(false);
});

it("delivers what was too much by the timer if no further frame comes", () => {
  const clock = fakeFrames();
  const seen: (readonly number[])[] = [];
  const batch = createFrameBatch<number>(clock.frames, (gathered) => seen.push(gathered));
  for (const item of [1, 2, 3]) batch.add(item);
  clock.paint(1);
  clock.elapse();
  expect(seen).toEqual([[1, 2, 3]]);
});
