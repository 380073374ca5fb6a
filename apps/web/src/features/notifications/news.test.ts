import type { EntryFrame } from "@parley/protocol";
import { expect, it } from "vitest";
import { applyEvents } from "../../room/apply-events.ts";
import { ada, ben, chat, deleted } from "../../room/entries-for-tests.ts";
import { createRoomStore } from "../../room/store.ts";
import { watchNewMessages, type NewMessages } from "./news.ts";

/** Ada's room, open on two messages, with nobody watching. */
function room() {
  const store = createRoomStore(0);
  const told: NewMessages[] = [];
  const waiting: (() => void)[] = [];
  const get = (...events: Parameters<typeof applyEvents>[1]) => applyEvents(store, events, 0);
  get(
    { type: "status", status: { is: "joined" } },
    { type: "people", self: ada, members: [ada, ben], count: 2 },
    { type: "window", why: "first", entries: [chat(1, { from: ben }), chat(2, { from: ben })] },
  );
  store.getState().setWatching(false);
  const after = (_ms: number, callback: () => void) => {
    waiting.push(callback);
    return () => void waiting.splice(waiting.indexOf(callback), 1);
  };
  const stop = watchNewMessages(store, { after }, (news) => told.push(news));
  return {
    store,
    told,
    stop,
    comes: (...entries: EntryFrame[]) => get({ type: "entries", entries }),
    pass: () => {
      for (const callback of waiting.splice(0)) callback();
    },
  };
}

it("reports messages of others once, with the last of them", () => {
  const { told, comes, pass } = room();
  comes(chat(3, { from: ben, message: "One" }));
  comes(chat(4, { from: ben, message: "**Two**" }));
  pass();
  pass();
  expect(told).toMatchObject([{ count: 2, text: "Two", mentioned: false }]);
});

it("does not report the first window, own messages and deleted ones", () => {
  const { told, comes, pass } = room();
  pass();
  comes(chat(3, { from: ada }));
  comes(chat(4, { from: ben }));
  comes({ type: "deleted", payload: { ...deleted(5, 4).payload, from: ben } } as EntryFrame);
  pass();
  expect(told).toEqual([]);
});

it("prefers the message that mentions the user", () => {
  const { told, comes, pass } = room();
  comes(
    chat(3, { from: ben, message: "ask ada about it" }),
    chat(4, { from: ben, message: "Bye" }),
  );
  pass();
  expect(told).toMatchObject([{ count: 2, text: "ask ada about it", mentioned: true }]);
});

it("counts a reply to the user as a mention", () => {
  const { told, comes, pass } = room();
  comes(chat(3, { from: ada }), chat(4, { from: ben, replyTo: "e2", replyToSeq: 2 }));
  pass();
  comes(chat(5, { from: ben, message: "Yes", replyTo: "e3", replyToSeq: 3 }));
  pass();
  expect(told).toMatchObject([{ mentioned: false }, { text: "Yes", mentioned: true }]);
});

it("does not report what was seen meanwhile, here or in another tab", () => {
  const { store, told, comes, pass } = room();
  comes(chat(3, { from: ben }));
  store.getState().setWatching(true);
  pass();
  expect(told).toEqual([]);
});

it("reports nothing after it was stopped", () => {
  const { told, comes, pass, stop } = room();
  comes(chat(3, { from: ben }));
  stop();
  pass();
  expect(told).toEqual([]);
});
