import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Deletion } from "../storage/deletions.ts";
import { createRoomStore } from "./store.ts";
import { createTakingBack, UNDO_MS } from "./undoable-deletions.ts";

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

/** Opens pages of one browser, which see the same decisions. */
function browser() {
  let kept: readonly Deletion[] = [];
  const after = (ms: number, callback: () => void) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  };
  return () => {
    const store = createRoomStore(0);
    const remove = vi.fn();
    const taking = createTakingBack(store, {
      frames: { after, nextFrame: (callback) => after(16, callback) },
      now: () => Date.now(),
      decided: () => kept,
      decide: (deletions) => {
        kept = deletions;
      },
      remove,
    });
    return { ...taking, remove, shown: () => [...store.getState().takingBack], kept: () => kept };
  };
}

it("sends a deletion once it can no longer be undone, and once only", () => {
  const { takeBack, remove, shown, kept } = browser()();
  takeBack("e1");
  takeBack("e1");
  expect(shown()).toEqual(["e1"]);
  vi.advanceTimersByTime(UNDO_MS - 1);
  expect(remove).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(remove).toHaveBeenCalledExactlyOnceWith("e1");
  vi.advanceTimersByTime(16);
  expect(shown()).toEqual([]);
  vi.advanceTimersByTime(UNDO_MS);
  expect(remove).toHaveBeenCalledOnce();
  expect(kept()).toEqual([]);
});

it("sends nothing of what was undone", () => {
  const { takeBack, keep, remove, shown, kept } = browser()();
  takeBack("e1");
  takeBack("e2");
  keep("e1");
  expect(shown()).toEqual(["e2"]);
  expect(kept()).toEqual([{ id: "e2", at: 0 }]);
  vi.advanceTimersByTime(UNDO_MS);
  expect(remove).toHaveBeenCalledExactlyOnceWith("e2");
});

it("sends what was decided when the page goes away", () => {
  const { takeBack, settle, remove } = browser()();
  takeBack("e1");
  settle();
  expect(remove).toHaveBeenCalledExactlyOnceWith("e1");
  vi.advanceTimersByTime(UNDO_MS);
  expect(remove).toHaveBeenCalledOnce();
});

it("goes on after a reload with what the page may not have stored any more", () => {
  const open = browser();
  const before = open();
  before.takeBack("e1");
  vi.advanceTimersByTime(2_000);
  before.settle();
  vi.clearAllTimers();
  vi.setSystemTime(2_000);

  const after = open();
  expect(after.shown()).toEqual(["e1"]);
  vi.advanceTimersByTime(UNDO_MS - 2_001);
  expect(after.remove).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(after.remove).toHaveBeenCalledExactlyOnceWith("e1");
});

it("leaves alone what was undone in another tab", () => {
  const open = browser();
  const one = open();
  one.takeBack("e1");
  const other = open();
  other.keep("e1");
  vi.advanceTimersByTime(UNDO_MS);
  expect(one.remove).not.toHaveBeenCalled();
  expect(other.remove).not.toHaveBeenCalled();
});
