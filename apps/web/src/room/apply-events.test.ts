import { expect, it, vi } from "vitest";
import { applyEvents } from "./apply-events.ts";
import { chat, deleted, edited, unknownEntry } from "./entries-for-tests.ts";
import { createRoomStore } from "./store.ts";

function openStore() {
  const store = createRoomStore(0);
  const setMessages = vi.fn(store.getState().setMessages);
  store.setState({ setMessages });
  return { store, setMessages };
}

it("changes the messages once for all events of a frame", () => {
  const { store, setMessages } = openStore();
  applyEvents(
    store,
    [
      { type: "window", why: "first", entries: [chat(1)] },
      { type: "entries", entries: [chat(2)] },
      { type: "entries", entries: [edited(3, 1, "new"), chat(4)] },
    ],
    0,
  );
  expect(setMessages).toHaveBeenCalledOnce();
  expect(store.getState().messages.map(({ seq }) => seq)).toEqual([1, 2, 4]);
  expect(store.getState().messages[0]?.body).toMatchObject({ text: "new" });
});

it("appends to the existing messages", () => {
  const { store } = openStore();
  applyEvents(store, [{ type: "window", why: "first", entries: [chat(1)] }], 0);
  const [first] = store.getState().messages;
  applyEvents(store, [{ type: "entries", entries: [chat(2)] }], 0);
  expect(store.getState().messages[0]).toBe(first);
  applyEvents(store, [{ type: "entries", entries: [deleted(3, 2)] }], 0);
  expect(store.getState().messages.map(({ body }) => body.is)).toEqual(["said", "deleted"]);
});

it("[R5] starts again with a window, regardless of what came before it in the same frame", () => {
  const { store } = openStore();
  applyEvents(store, [{ type: "window", why: "first", entries: [chat(1)] }], 0);
  applyEvents(
    store,
    [
      { type: "entries", entries: [chat(2)] },
      { type: "window", why: "reset", entries: [chat(7)] },
      { type: "entries", entries: [chat(8)] },
    ],
    0,
  );
  expect(store.getState().messages.map(({ seq }) => seq)).toEqual([7, 8]);
});

it("does not change the messages if no event concerns them", () => {
  const { store, setMessages } = openStore();
  applyEvents(store, [{ type: "status", status: { is: "joined" } }], 5);
  expect(setMessages).not.toHaveBeenCalled();
  expect(store.getState()).toMatchObject({ status: { is: "joined" }, statusAt: 5 });
});

it("[O5] shows the messages around an entry of an unknown kind", () => {
  const { store } = openStore();
  const entries = [chat(1), unknownEntry(2), chat(3)];
  applyEvents(store, [{ type: "window", why: "first", entries }], 0);
  expect(store.getState().messages.map(({ seq }) => seq)).toEqual([1, 3]);
});

it("updates the store once for all events of a frame", () => {
  const { store } = openStore();
  const updated = vi.fn();
  store.subscribe(updated);
  applyEvents(
    store,
    [
      { type: "status", status: { is: "joined" } },
      { type: "window", why: "first", entries: [chat(1)] },
      { type: "entries", entries: [edited(2, 1, "new"), chat(3)] },
      { type: "typing", members: [] },
    ],
    0,
  );
  expect(updated).toHaveBeenCalledOnce();
  expect(store.getState()).toMatchObject({ head: 3, status: { is: "joined" } });
});
