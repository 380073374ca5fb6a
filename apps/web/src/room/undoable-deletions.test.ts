import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Deletion } from "../storage/room-contents.ts";
import { createRoomStore } from "./store.ts";
import { createUndoableDeletions, UNDO_MS } from "./undoable-deletions.ts";

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

/** Opens pages of one browser, which share the stored deletions. */
function browser() {
  let kept: readonly Deletion[] = [];
  const after = (ms: number, callback: () => void) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  };
  return () => {
    const store = createRoomStore(0);
    const sendDeletion = vi.fn();
    const deletions = createUndoableDeletions(store, {
      frames: { after, nextFrame: (callback) => after(16, callback) },
      now: () => Date.now(),
      decided: {
        read: () => kept,
        write: (decided) => {
          kept = decided;
        },
      },
      sendDeletion,
    });
    return {
      ...deletions,
      sendDeletion,
      shown: () => [...store.getState().undoable],
      kept: () => kept,
    };
  };
}

it("sends a deletion when it can no longer be undone, and only once", () => {
  const { deleteMessage, sendDeletion, shown, kept } = browser()();
  deleteMessage("e1");
  deleteMessage("e1");
  expect(shown()).toEqual(["e1"]);
  vi.advanceTimersByTime(UNDO_MS - 1);
  expect(sendDeletion).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(sendDeletion).toHaveBeenCalledExactlyOnceWith("e1");
  vi.advanceTimersByTime(16);
  expect(shown()).toEqual([]);
  vi.advanceTimersByTime(UNDO_MS);
  expect(sendDeletion).toHaveBeenCalledOnce();
  expect(kept()).toEqual([]);
});

it("does not send what was undone", () => {
  const { deleteMessage, undoDelete, sendDeletion, shown, kept } = browser()();
  deleteMessage("e1");
  deleteMessage("e2");
  undoDelete("e1");
  expect(shown()).toEqual(["e2"]);
  expect(kept()).toEqual([{ id: "e2", at: 0 }]);
  vi.advanceTimersByTime(UNDO_MS);
  expect(sendDeletion).toHaveBeenCalledExactlyOnceWith("e2");
});

it("sends decided deletions when the page closes", () => {
  const { deleteMessage, sendDecided, sendDeletion } = browser()();
  deleteMessage("e1");
  sendDecided();
  expect(sendDeletion).toHaveBeenCalledExactlyOnceWith("e1");
  vi.advanceTimersByTime(UNDO_MS);
  expect(sendDeletion).toHaveBeenCalledOnce();
});

it("continues after a reload with what the page may not have stored", () => {
  const open = browser();
  const before = open();
  before.deleteMessage("e1");
  vi.advanceTimersByTime(2_000);
  before.sendDecided();
  vi.clearAllTimers();
  vi.setSystemTime(2_000);

  const after = open();
  expect(after.shown()).toEqual(["e1"]);
  vi.advanceTimersByTime(UNDO_MS - 2_001);
  expect(after.sendDeletion).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(after.sendDeletion).toHaveBeenCalledExactlyOnceWith("e1");
});

it("leaves alone what was undone in another tab", () => {
  const open = browser();
  const one = open();
  one.deleteMessage("e1");
  const other = open();
  other.undoDelete("e1");
  vi.advanceTimersByTime(UNDO_MS);
  expect(one.sendDeletion).not.toHaveBeenCalled();
  expect(other.sendDeletion).not.toHaveBeenCalled();
});
