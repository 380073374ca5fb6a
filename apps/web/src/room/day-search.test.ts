import { expect, it } from "vitest";
import { applyEvents } from "./apply-events.ts";
import { jumpToDay } from "./day-search.ts";
import { ada, chat } from "./entries-for-tests.ts";
import type { FetchPage } from "./history.ts";
import { createRoomStore } from "./store.ts";

const HOUR_MS = 60 * 60_000;
const frames = { nextFrame: () => () => undefined, after: () => () => undefined };
const at = (seq: number) => seq * HOUR_MS;

/** A log with a message each hour, opened on its last ones. */
function openLog(head: number, firstKept = 1) {
  const entry = (seq: number) => chat(seq, { at: at(seq) });
  const range = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => entry(from + i));
  const asked: number[] = [];
  const fetchPage: FetchPage = async (before, limit) => {
    asked.push(limit);
    const first = Math.max(firstKept, before - limit);
    const trimmed = firstKept > 1 ? { truncatedBefore: firstKept } : {};
    return { entries: range(first, before - 1), more: first > firstKept, ...trimmed };
  };
  const store = createRoomStore(0);
  applyEvents(
    store,
    [
      { type: "people", self: ada, members: [ada], count: 1 },
      { type: "window", why: "first", entries: range(head - 9, head) },
    ],
    0,
  );
  const jump = (begins: number) => jumpToDay(store, fetchPage, frames, begins);
  return { store, asked, jump };
}

it("goes to the first message of a day that is here, and requests nothing", async () => {
  const { store, asked, jump } = openLog(100);
  expect(await jump(at(95) - 1)).toBe("found");
  expect(store.getState().jumpTarget).toEqual({ is: "found", seq: 95 });
  expect(asked).toEqual([]);
});

it("finds a day further back by halves, and brings the log as far as that", async () => {
  const { store, asked, jump } = openLog(5_000);
  expect(await jump(at(4_000))).toBe("found");
  expect(store.getState().jumpTarget).toEqual({ is: "found", seq: 4_000 });
  expect(asked.filter((limit) => limit === 1).length).toBeLessThanOrEqual(13);
});

it("goes to the first message that is kept, where the day is gone", async () => {
  const { store, jump } = openLog(900, 600);
  expect(await jump(at(3))).toBe("found");
  expect(store.getState().jumpTarget).toEqual({ is: "found", seq: 600 });
});

it("says where nothing was said since, and where it is too far", async () => {
  expect(await openLog(100).jump(at(101))).toBe("none");
  expect(await openLog(50_000).jump(at(1))).toBe("too-far");
});
