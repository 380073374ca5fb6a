import { expect, it, vi } from "vitest";
import { applyEvents } from "./apply-events.ts";
import { ben, chat, edited, unknownEntry } from "./entries-for-tests.ts";
import { loadOlder, type Page } from "./older-page.ts";
import { createRoomStore } from "./store.ts";

function openAt(...entries: ReturnType<typeof chat>[]) {
  const store = createRoomStore(0);
  applyEvents(store, [{ type: "window", why: "first", entries }], 0);
  return store;
}
const page = (entries: Page["entries"], more: boolean): Page => ({ entries, more });

it("puts the page before the first message, and asks from there on next time", async () => {
  const store = openAt(chat(8), chat(9));
  const fetchPage = vi.fn(() => Promise.resolve(page([chat(6), chat(7)], true)));
  await loadOlder(store, fetchPage);
  expect(fetchPage).toHaveBeenCalledExactlyOnceWith(8, expect.any(Number));
  expect(store.getState()).toMatchObject({
    messages: [{ seq: 6 }, { seq: 7 }, { seq: 8 }, { seq: 9 }],
    older: { is: "more", before: 6 },
    seams: new Set([8]),
    grew: "up",
  });
});

it("applies changes that were known before the message they change", async () => {
  const store = openAt(chat(8), edited(9, 2, "second thoughts"), edited(10, 1, "first"));
  await loadOlder(store, () => Promise.resolve(page([chat(2), chat(7)], true)));
  expect(store.getState().messages[0]?.body).toMatchObject({ text: "second thoughts" });
  expect(store.getState().orphans).toHaveLength(1);
});

it("knows the beginning of the room from the beginning of what is kept", async () => {
  const store = openAt(chat(8));
  await loadOlder(store, () => Promise.resolve(page([chat(1)], false)));
  expect(store.getState().older).toEqual({ is: "beginning" });

  const trimmed = openAt(chat(8));
  await loadOlder(trimmed, () =>
    Promise.resolve({ entries: [chat(7)], more: false, truncatedBefore: 7 }),
  );
  expect(trimmed.getState().older).toEqual({ is: "trimmed" });
});

it("asks once at a time, and not at all where there is nothing more", async () => {
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
  await loadOlder(store, () => Promise.reject(new Error("gone")));
  expect(store.getState().older).toEqual({ is: "failed", before: 8 });
  await loadOlder(store, () => Promise.resolve(page([chat(7)], true)));
  expect(store.getState().older).toEqual({ is: "more", before: 7 });
});

it("drops a page that comes after the log has started anew", async () => {
  const store = openAt(chat(8));
  const late = Promise.withResolvers<Page>();
  const loading = loadOlder(store, () => late.promise);
  applyEvents(store, [{ type: "window", why: "reset", entries: [chat(3, { from: ben })] }], 0);
  late.resolve(page([chat(7)], true));
  await loading;
  expect(store.getState().messages.map(({ seq }) => seq)).toEqual([3]);
});

it("[O5] says that a page holds what this version does not know", async () => {
  const store = openAt(chat(8));
  await loadOlder(store, () => Promise.resolve(page([chat(6), unknownEntry(7)], true)));
  expect(store.getState()).toMatchObject({ isOutdated: true, messages: [{ seq: 6 }, { seq: 8 }] });
});
