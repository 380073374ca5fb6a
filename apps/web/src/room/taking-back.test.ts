import { expect, it, vi } from "vitest";
import { createRoomStore } from "./store.ts";
import { createTakingBack, UNDO_MS } from "./taking-back.ts";

function begun() {
  vi.useFakeTimers();
  const store = createRoomStore(0);
  const remove = vi.fn();
  const after = (ms: number, callback: () => void) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  };
  const nextFrame = (callback: () => void) => after(16, callback);
  const taking = createTakingBack(store, { after, nextFrame }, remove);
  return { ...taking, remove, shown: () => [...store.getState().takingBack] };
}

it("sends a deletion once it can no longer be undone, and once only", () => {
  const { takeBack, remove, shown } = begun();
  takeBack("e1");
  takeBack("e1");
  expect(shown()).toEqual(["e1"]);
  vi.advanceTimersByTime(UNDO_MS - 1);
  expect(remove).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(remove).toHaveBeenCalledExactlyOnceWith("e1");
  vi.advanceTimersByTime(16);
  expect(shown()).toEqual([]);
});

it("sends nothing of what was undone", () => {
  const { takeBack, keep, remove, shown } = begun();
  takeBack("e1");
  takeBack("e2");
  keep("e1");
  expect(shown()).toEqual(["e2"]);
  vi.advanceTimersByTime(UNDO_MS);
  expect(remove).toHaveBeenCalledExactlyOnceWith("e2");
});

it("sends what was decided when the page goes away", () => {
  const { takeBack, settle, remove } = begun();
  takeBack("e1");
  settle();
  expect(remove).toHaveBeenCalledExactlyOnceWith("e1");
  vi.advanceTimersByTime(UNDO_MS);
  expect(remove).toHaveBeenCalledOnce();
});
