import { expect, it } from "vitest";
import { applyEvents } from "./apply-events.ts";
import { ada, ben, chat } from "./entries-for-tests.ts";
import { createRoomStore } from "./store.ts";

function openStore() {
  const store = createRoomStore(0);
  applyEvents(
    store,
    [
      { type: "people", self: ada, members: [ada, ben], count: 2 },
      { type: "window", why: "first", entries: [chat(1)] },
    ],
    0,
  );
  return store;
}
const say = (store: ReturnType<typeof openStore>, seq: number) => {
  applyEvents(store, [{ type: "entries", entries: [chat(seq, { from: ben })] }], 0);
};

it("marks everything as read when the user sees the end, and keeps the New line for now", () => {
  const store = openStore();
  store.getState().setWatching(false);
  say(store, 2);
  expect(store.getState()).toMatchObject({ lastRead: 1, firstUnread: 2 });
  store.getState().setWatching(true);
  expect(store.getState()).toMatchObject({ lastRead: 2, firstUnread: 2 });
});

it("removes the New line when the user then looks away", () => {
  const store = openStore();
  store.getState().setWatching(false);
  say(store, 2);
  store.getState().setWatching(true);
  store.getState().setWatching(false);
  // That was only a step up, to read it.
  expect(store.getState().firstUnread).toBe(2);
  store.getState().endNew();
  expect(store.getState().firstUnread).toBeUndefined();
  say(store, 3);
  expect(store.getState().firstUnread).toBe(3);
});

it("keeps the New line when the same watching state is set again", () => {
  const store = openStore();
  store.getState().setWatching(false);
  say(store, 2);
  store.getState().setWatching(false);
  store.getState().endNew();
  expect(store.getState().firstUnread).toBe(2);
});

it("reads on as the user goes down, and never back", () => {
  const store = openStore();
  store.getState().setWatching(false);
  for (const seq of [2, 3, 4]) say(store, seq);
  store.getState().readTo(3);
  expect(store.getState().lastRead).toBe(3);
  store.getState().readTo(2);
  store.getState().readTo(9);
  expect(store.getState().lastRead).toBe(3);
});
