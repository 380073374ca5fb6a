import { RefusedError, type HistoryPage } from "@parley/client";
import { refusal } from "@parley/protocol";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { applyEvents } from "./apply-events.ts";
import { ben, chat, edited, unknownEntry } from "./entries-for-tests.ts";
import type { AnimationFrames } from "./frame-batch.ts";
import { loadOlder } from "./history.ts";
import { FOUND_MS, jumpTo } from "./jump.ts";
import { createRoomStore } from "./store.ts";

function openAt(...entries: ReturnType<typeof chat>[]) {
  const store = createRoomStore(0);
  applyEvents(store, [{ type: "window", why: "first", entries }], 0);
  return store;
}
const page = (entries: HistoryPage["entries"], more: boolean): HistoryPage => ({ entries, more });

const away = new RefusedError(refusal("unavailable"));

/** The end of the log is not known. */
const unknown = () => undefined;

it("puts the page before the first message, and asks from there next time", async () => {
  const store = openAt(chat(8), chat(9));
  const fetchPage = vi.fn(() => Promise.resolve(page([chat(6), chat(7)], true)));
  await loadOlder(store, fetchPage);
  expect(fetchPage).toHaveBeenCalledExactlyOnceWith(8, expect.any(Number));
  expect(store.getState()).toMatchObject({
    messages: [{ seq: 6 }, { seq: 7 }, { seq: 8 }, { seq: 9 }],
    older: { is: "more", before: 6 },
    pageBoundaries: new Set([8]),
    lastChange: "up",
  });
});

it("applies changes that were known before the message that they change", async () => {
  const store = openAt(chat(8), edited(9, 2, "second thoughts"), edited(10, 1, "first"));
  await loadOlder(store, () => Promise.resolve(page([chat(2), chat(7)], true)));
  expect(store.getState().messages[0]?.body).toMatchObject({ text: "second thoughts" });
  expect(store.getState().pendingRevisions).toHaveLength(1);
});

it("knows that the kept log begins there", async () => {
  const store = openAt(chat(8));
  await loadOlder(store, () => Promise.resolve(page([chat(1)], false)));
  expect(store.getState().older).toEqual({ is: "beginning" });

  const trimmed = openAt(chat(8));
  await loadOlder(trimmed, () =>
    Promise.resolve({ entries: [chat(7)], more: false, truncatedBefore: 7 }),
  );
  expect(trimmed.getState().older).toEqual({ is: "trimmed" });
});

it("asks once at a time, and not at all if there is nothing more", async () => {
  const store = openAt(chat(8));
  const fetchPage = vi.fn(() => Promise.resolve(page([chat(1)], false)));
  const first = loadOlder(store, fetchPage);
  expect(store.getState().older).toEqual({ is: "loading", before: 8 });
  await Promise.all([first, loadOlder(store, fetchPage)]);
  await loadOlder(store, fetchPage);
  expect(fetchPage).toHaveBeenCalledOnce();
});

it("can be tried again after a failure", async () => {
  const store = openAt(chat(8));
  await loadOlder(store, () => Promise.reject(away));
  expect(store.getState().older).toEqual({ is: "failed", before: 8 });
  await loadOlder(store, () => Promise.resolve(page([chat(7)], true)));
  expect(store.getState().older).toEqual({ is: "more", before: 7 });
});

it("does not take a bug for a failure to fetch", async () => {
  const store = openAt(chat(8));
  const broken = { entries: undefined, more: true } as never;
  await expect(loadOlder(store, () => Promise.resolve(broken))).rejects.toThrow(TypeError);
  expect(store.getState().older).toEqual({ is: "failed", before: 8 });
});

it("drops a page that arrives after a reset", async () => {
  const store = openAt(chat(8));
  const late = Promise.withResolvers<HistoryPage>();
  const loading = loadOlder(store, () => late.promise);
  applyEvents(store, [{ type: "window", why: "reset", entries: [chat(3, { from: ben })] }], 0);
  late.resolve(page([chat(7)], true));
  await loading;
  expect(store.getState().messages.map(({ seq }) => seq)).toEqual([3]);
});

it("[O5] reports a page with entries that this version does not know", async () => {
  const store = openAt(chat(8));
  await loadOlder(store, () => Promise.resolve(page([chat(6), unknownEntry(7)], true)));
  expect(store.getState()).toMatchObject({ isOutdated: true, messages: [{ seq: 6 }, { seq: 8 }] });
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const after: AnimationFrames["after"] = (ms, callback) => {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
};
const frames: AnimationFrames = { after, nextFrame: (callback) => after(16, callback) };

/** A log of 1,000 messages; the last ten are shown. */
const log = Array.from({ length: 1_000 }, (_, i) => chat(i + 1));
const fetchPage = vi.fn((before: number, limit: number): Promise<HistoryPage> => {
  const entries = log.slice(Math.max(0, before - 1 - limit), before - 1);
  return Promise.resolve({ entries, more: before - limit > 1 });
});

function openAtEnd() {
  fetchPage.mockClear();
  const store = createRoomStore(0);
  applyEvents(store, [{ type: "window", why: "first", entries: log.slice(990) }], 0);
  return store;
}

it("finds a shown message at once, and highlights it for a while", async () => {
  const store = openAtEnd();
  await jumpTo(store, fetchPage, frames, 995, unknown);
  expect(fetchPage).not.toHaveBeenCalled();
  expect(store.getState().jumpTarget).toEqual({ is: "found", seq: 995 });
  vi.advanceTimersByTime(FOUND_MS);
  expect(store.getState().jumpTarget).toEqual({ is: "nothing" });
});

it("loads the log back to the message and a little further, in one request", async () => {
  const store = openAtEnd();
  const changes = vi.fn();
  store.subscribe(({ messages }, before) => {
    if (messages !== before.messages) changes();
  });
  await jumpTo(store, fetchPage, frames, 300, unknown);
  expect(store.getState().jumpTarget).toEqual({ is: "found", seq: 300 });
  expect(fetchPage.mock.calls.map(([before]) => before)).toEqual([991, 791, 591, 391]);
  expect(changes).toHaveBeenCalledOnce();
  expect(store.getState().messages.map(({ seq }) => seq)).toEqual(
    Array.from({ length: 810 }, (_, i) => i + 191),
  );
});

it("reports a message that is no longer kept", async () => {
  const store = openAtEnd();
  const trimmed = { entries: log.slice(899, 990), more: false, truncatedBefore: 900 };
  await jumpTo(store, () => Promise.resolve(trimmed), frames, 300, unknown);
  expect(store.getState().jumpTarget).toEqual({ is: "gone", seq: 300 });
  expect(store.getState().older).toEqual({ is: "trimmed" });
});

it("reports a message that could not be loaded, and finds it the next time", async () => {
  const store = openAtEnd();
  await jumpTo(store, () => Promise.reject(away), frames, 300, unknown);
  expect(store.getState().jumpTarget).toEqual({ is: "failed", seq: 300 });
  await jumpTo(store, fetchPage, frames, 300, unknown);
  expect(store.getState().jumpTarget).toEqual({ is: "found", seq: 300 });
});

it("waits for a newer message to arrive, but not forever", async () => {
  const store = openAtEnd();
  const seeking = jumpTo(store, fetchPage, frames, 1_001, unknown);
  applyEvents(store, [{ type: "entries", entries: [chat(1_001)] }], 0);
  await seeking;
  expect(store.getState().jumpTarget).toEqual({ is: "found", seq: 1_001 });

  const waiting = jumpTo(store, fetchPage, frames, 5_000, unknown);
  vi.advanceTimersByTime(60_000);
  await waiting;
  expect(store.getState().jumpTarget).toEqual({ is: "missing", seq: 5_000 });
});

it("reports at once if the log does not go so far", async () => {
  const store = openAtEnd();
  await jumpTo(store, fetchPage, frames, 5_000, () => 1_000);
  expect(store.getState().jumpTarget).toEqual({ is: "missing", seq: 5_000 });

  const seeking = jumpTo(store, fetchPage, frames, 1_001, () => 1_001);
  applyEvents(store, [{ type: "entries", entries: [chat(1_001)] }], 0);
  await seeking;
  expect(store.getState().jumpTarget).toEqual({ is: "found", seq: 1_001 });
});

it("waits for a page that is already requested", async () => {
  const store = openAtEnd();
  store.setState({ older: { is: "loading", before: 991 } });
  const seeking = jumpTo(store, fetchPage, frames, 300, unknown);
  await Promise.resolve();
  store.setState({ older: { is: "more", before: 991 } });
  await seeking;
  expect(store.getState().jumpTarget).toEqual({ is: "found", seq: 300 });
});

it("ends when another jump starts", async () => {
  const store = openAtEnd();
  await Promise.all([
    jumpTo(store, fetchPage, frames, 300, unknown),
    jumpTo(store, fetchPage, frames, 999, unknown),
  ]);
  expect(store.getState().jumpTarget).toEqual({ is: "found", seq: 999 });
});
