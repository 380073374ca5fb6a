import { expect, it } from "vitest";
import { SeqWatch } from "./seq-watch.ts";

function breaksIn(seqs: readonly number[], room = 1): number {
  const watch = new SeqWatch('"seq":');
  for (const seq of seqs) {
    const bytes = Buffer.from(`{"seq":0}{"message":"hi","seq":${seq}}{"seq":9}`);
    watch.see(room, bytes, 9, bytes.length - 9);
  }
  return watch.breaks;
}

it("accepts each next number, from any start", () => {
  expect(breaksIn([41, 42, 43])).toBe(0);
});

it("counts holes, repeats and steps back", () => {
  expect(breaksIn([1, 2, 4])).toBe(1);
  expect(breaksIn([1, 1, 2])).toBe(1);
  expect(breaksIn([5, 4])).toBe(1);
});

it("keeps rooms apart", () => {
  const watch = new SeqWatch('"seq":');
  for (const [room, seq] of [
    [1, 7],
    [2, 3],
    [1, 8],
    [2, 4],
  ] as const) {
    const bytes = Buffer.from(`{"seq":${seq}}`);
    watch.see(room, bytes, 0, bytes.length);
  }
  expect(watch.breaks).toBe(0);
});

it("checks nothing if servers do not number", () => {
  const watch = new SeqWatch(undefined);
  watch.see(1, Buffer.from("{}"), 0, 2);
  watch.see(1, Buffer.from("{}"), 0, 2);
  expect(watch.breaks).toBe(0);
});
