import type { PendingMessage, RoomEvent } from "@parley/client";
import type { SetFrame } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { chat, set } from "./entries-for-tests.ts";
import { emptyView, reduce } from "./reduce.ts";
import { expectedSeq, pinsOf, settingsPrepended, textSetting } from "./settings-slice.ts";

const settingsOf = (...entries: SetFrame[]) =>
  new Map(entries.map((entry) => [entry.payload.key, entry]));
const pending = (key: string, value: unknown, isFailed = false): PendingMessage => ({
  id: key,
  at: 0,
  frame: { type: "set", payload: { key, value, id: key } },
  state: isFailed
    ? { is: "failed", refusal: { code: "stale", message: "Stale.", temporary: false } }
    : { is: "queued" },
});
const standing = (settings: readonly SetFrame[], ...outgoing: PendingMessage[]) => ({
  settings: settingsOf(...settings),
  outgoing,
});

it("has the settings of the event, and the set entries of the log", () => {
  const events: RoomEvent[] = [
    { type: "window", why: "first", entries: [set(1, "name", "Ants"), chat(2)] },
    { type: "settings", settings: settingsOf(set(3, "name", "Bees")) },
    { type: "entries", entries: [set(3, "name", "Bees"), chat(4)] },
  ];
  const view = events.reduce((before, event) => reduce(before, event, 0), emptyView(0));
  expect(textSetting(view, "name")).toBe("Bees");
  expect(view.setEntries.map(({ payload }) => payload.seq)).toEqual([1, 3]);
  const again = reduce(view, { type: "window", why: "reset", entries: [chat(1)] }, 0);
  expect(again.setEntries).toEqual([]);
});

it("puts the set entries of an earlier page before the rest", () => {
  const before = { settings: new Map(), setEntries: [set(9, "name", "Bees")] };
  const { setEntries } = settingsPrepended(before, [chat(2), set(3, "name", "Ants")]);
  expect(setEntries?.map(({ payload }) => payload.seq)).toEqual([3, 9]);
  expect(settingsPrepended(before, [chat(2)])).toEqual({});
});

describe("a text", () => {
  it("is the pending one, unless that was refused", () => {
    const told = [set(1, "name", "Ants")];
    expect(textSetting(standing(told, pending("name", "Bees")), "name")).toBe("Bees");
    expect(textSetting(standing(told, pending("name", null)), "name")).toBeUndefined();
    expect(textSetting(standing(told, pending("name", "Bees", true)), "name")).toBe("Ants");
    expect(textSetting(standing(told), "topic")).toBeUndefined();
  });
});

describe("pins", () => {
  const told = [set(5, "pin:2", true), set(6, "name", "Bees"), set(7, "pin:1", true)];

  it("are listed latest first", () => {
    expect(pinsOf(standing(told))).toEqual([1, 2]);
  });

  it("include pending ones", () => {
    const waiting = [pending("pin:1", null), pending("pin:4", true), pending("pin:2", true)];
    expect(pinsOf(standing(told, ...waiting))).toEqual([4, 2]);
  });
});

it("expects the seq that the user saw, except for one's own pending change", () => {
  const told = [set(5, "topic", "Honey")];
  expect(expectedSeq(standing(told), "topic")).toBe(5);
  expect(expectedSeq(standing(told), "name")).toBe(0);
  expect(expectedSeq(standing(told, pending("topic", "Wax")), "topic")).toBeUndefined();
});
