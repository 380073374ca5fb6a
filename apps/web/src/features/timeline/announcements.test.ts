import type { EntryFrame } from "@parley/protocol";
import { expect, it } from "vitest";
import { applyEvents } from "../../room/apply-events.ts";
import { ada, ben, chat, deleted } from "../../room/entries-for-tests.ts";
import { createRoomStore } from "../../room/store.ts";
import { watchAnnouncements } from "./announcements.ts";

/** Ada's room, open on two messages, with its announcements. */
function room() {
  const store = createRoomStore(0);
  const spoken: string[][] = [];
  const waiting: (() => void)[] = [];
  const get = (...events: Parameters<typeof applyEvents>[1]) => applyEvents(store, events, 0);
  const after = (_ms: number, callback: () => void) => {
    waiting.push(callback);
    return () => void waiting.splice(waiting.indexOf(callback), 1);
  };
  const stop = watchAnnouncements(store, 0, { after }, (announcements) =>
    spoken.push(announcements.map(({ text }) => text)),
  );
  get(
    { type: "status", status: { is: "joined" } },
    { type: "people", self: ada, members: [ada, ben], count: 2 },
    { type: "window", why: "first", entries: [chat(1, { from: ben }), chat(2, { from: ada })] },
  );
  const pass = () => {
    for (const callback of waiting.splice(0)) callback();
  };
  pass();
  return {
    store,
    spoken,
    stop,
    comes: (...entries: EntryFrame[]) => get({ type: "entries", entries }),
    pass,
  };
}

/** So many messages of Ben, the first one with this `seq`. */
function burst(first: number, count: number): EntryFrame[] {
  return Array.from({ length: count }, (_, i) => chat(first + i, { from: ben }));
}

it("reads out what others say, once, and nothing that the log opened with", () => {
  const { spoken, comes, pass } = room();
  comes(chat(3, { from: ben, message: "_waves_ at **all**" }), chat(4, { from: ada }));
  pass();
  pass();
  expect(spoken).toEqual([["Ben: waves at all"]]);
});

it("sums a burst up", () => {
  const { spoken, comes, pass } = room();
  comes(...burst(3, 7));
  comes(...burst(10, 5));
  pass();
  expect(spoken).toEqual([["12 new messages"]]);
});

it("gathers what comes while it speaks", () => {
  const { spoken, comes, pass } = room();
  comes(chat(3, { from: ben, message: "First" }));
  pass();
  comes(...burst(4, 4));
  comes(...burst(8, 4));
  expect(spoken).toEqual([["Ben: First"]]);
  pass();
  expect(spoken.slice(1)).toEqual([["8 new messages"]]);
});

it("says that a message mentions the reader or replies to them", () => {
  const { spoken, comes, pass } = room();
  comes(chat(3, { from: ben, message: "Is Ada here?" }));
  comes(chat(4, { from: ben, message: "Yes", replyTo: "e2", replyToSeq: 2 }));
  pass();
  expect(spoken).toEqual([["Ben mentions you: Is Ada here?", "Ben replies to you: Yes"]]);
});

it("reads the last message to the reader out of a burst", () => {
  const { spoken, comes, pass } = room();
  comes(...burst(3, 5), chat(8, { from: ben, message: "@Ada?" }), ...burst(9, 2));
  pass();
  comes(...burst(11, 3), chat(14, { from: ben, message: "Ada!" }));
  comes(chat(15, { from: ben, message: "Hello, Ada" }));
  pass();
  expect(spoken).toEqual([
    ["8 new messages", "Ben mentions you: @Ada?"],
    ["5 new messages, 2 to you", "Ben mentions you: Hello, Ada"],
  ]);
});

it("reads the beginning of a long message, and nothing that was deleted", () => {
  const { spoken, comes, pass } = room();
  comes(chat(3, { from: ben, message: "x".repeat(4_000) }), chat(4, { from: ben }));
  comes({ type: "deleted", payload: { ...deleted(5, 4).payload, from: ben } } as EntryFrame);
  pass();
  expect(spoken.flat()).toHaveLength(1);
  expect(spoken[0]?.[0]?.length).toBeLessThan(300);
});

it("continues after a reset, and announces nothing once it is stopped", () => {
  const { store, spoken, comes, pass, stop } = room();
  comes(...burst(3, 4));
  pass();
  applyEvents(store, [{ type: "window", why: "reset", entries: [chat(1, { from: ben })] }], 0);
  pass();
  comes(chat(2, { from: ben, message: "Again" }));
  pass();
  expect(spoken).toEqual([["4 new messages"], ["Ben: Again"]]);
  comes(chat(3, { from: ben }));
  stop();
  pass();
  expect(spoken).toHaveLength(2);
});

it("says that a hook is one", () => {
  const { comes, pass, spoken } = room();
  comes(chat(3, { from: { ...ben, hook: true }, message: "built" }));
  pass();
  expect(spoken).toEqual([["Ben, hook: built"]]);
});
