import type { PendingMessage } from "@parley/client";
import { describe, expect, it } from "vitest";
import { dayOf } from "../../room/day.ts";
import { ada, ben, chat, set } from "../../room/entries-for-tests.ts";
import { partEntries } from "../../room/message.ts";
import type { Note } from "../../room/timeline-slice.ts";
import { layOut, type Item, type Layout } from "./items.ts";

const MINUTE = 60_000;
const noon = new Date(2026, 10, 20, 12).getTime();
const messagesOf = (...entries: ReturnType<typeof chat>[]) => partEntries(entries).batch;
const empty: Layout = {
  messages: [],
  outgoing: [],
  notes: [],
  setEntries: [],
  pageBoundaries: new Set(),
  firstUnread: undefined,
  selfId: ada.id,
};
/** Items in short: `m1` a message, `m1+` one that starts a group, the kind of any other. */
const inShort = (items: readonly Item[]) =>
  items.map((item) => {
    if (item.kind === "message") return `m${item.message.seq}${item.opens ? "+" : ""}`;
    if (item.kind === "outgoing") return `${item.outgoing.id}${item.opens ? "+" : ""}`;
    return item.kind;
  });
const lay = (layout: Partial<Layout>) => inShort(layOut({ ...empty, ...layout }));
const waiting = (id: string, at: number): PendingMessage => ({
  id,
  at,
  frame: { type: "chat", payload: { message: id, id } },
  state: { is: "queued" },
});

it("gives the date to the first and the last message of a day", () => {
  const day = 24 * 60 * MINUTE;
  const messages = messagesOf(
    ...[1, 2, 3].map((seq) => chat(seq, { at: noon + seq })),
    chat(5, { at: noon + day }),
    ...[6, 7].map((seq) => chat(seq, { at: noon + 2 * day + seq })),
  );
  const items = layOut({
    ...empty,
    messages,
    setEntries: [set(4, "topic", "x", { at: noon + day })],
  });
  const dated = items.map((item) => item.kind === "message" && item.dated && item.message.seq);
  expect(dated.filter((seq) => seq !== false)).toEqual([1, 3, 5, 6]);
});

describe("groups", () => {
  it("contain messages of one author, each within five minutes of the one before", () => {
    const messages = messagesOf(
      chat(1, { at: noon }),
      chat(2, { at: noon + 4 * MINUTE }),
      chat(3, { at: noon + 8 * MINUTE }),
      chat(4, { at: noon + 13 * MINUTE }),
      chat(5, { at: noon + 13 * MINUTE, from: ben }),
      chat(6, { at: noon + 14 * MINUTE }),
    );
    expect(lay({ messages })).toEqual(["start", "day", "m1+", "m2", "m3", "m4+", "m5+", "m6+"]);
  });

  it("end at anything that comes between", () => {
    const messages = messagesOf(
      chat(1, { at: noon }),
      chat(2, { at: noon }),
      chat(3, { at: noon }),
    );
    const notes: Note[] = [{ kind: "gap", key: "n", after: 1, why: "reset" }];
    expect(lay({ messages, notes, firstUnread: 3 })).toEqual([
      "start",
      "day",
      "m1+",
      "note",
      "m2+",
      "new",
      "m3+",
    ]);
  });

  it("start at a page boundary, so that prepending changes no row below it", () => {
    const below = messagesOf(chat(2, { at: noon }), chat(3, { at: noon }));
    const before = lay({ messages: below });
    const above = messagesOf(chat(1, { at: noon }));
    const after = lay({ messages: [...above, ...below], pageBoundaries: new Set([2]) });
    expect(after.slice(-2)).toEqual(before.slice(-2));
  });
});

describe("days", () => {
  it("start with a separator each", () => {
    const late = new Date(2026, 10, 20, 23, 59).getTime();
    const messages = messagesOf(chat(1, { at: late }), chat(2, { at: late + 2 * MINUTE }));
    expect(lay({ messages })).toEqual(["start", "day", "m1+", "day", "m2+"]);
  });

  it("start for pending messages only if their day is later than the last", () => {
    const messages = messagesOf(chat(1, { at: noon }));
    const nextDay = noon + 24 * 60 * MINUTE;
    expect(lay({ messages, outgoing: [waiting("a", nextDay), waiting("b", nextDay)] })).toEqual([
      "start",
      "day",
      "m1+",
      "day",
      "a+",
      "b",
    ]);
    expect(dayOf(nextDay)).not.toBe(dayOf(noon));
    expect(lay({ messages, outgoing: [waiting("a", noon - 24 * 60 * MINUTE)] })).not.toContain([
      "day",
      "a+",
    ]);
  });
});

describe("notes", () => {
  const messages = messagesOf(chat(1, { at: noon }), chat(4, { at: noon }));
  const note = (after: number): Note => ({
    kind: "presence",
    key: `n${after}`,
    after,
    changes: [],
  });

  it("are placed after their message, the last ones before pending messages", () => {
    const items = layOut({
      ...empty,
      messages,
      notes: [note(0), note(1), note(4)],
      outgoing: [waiting("a", noon)],
    });
    expect(inShort(items)).toEqual(["start", "note", "day", "m1+", "note", "m4+", "note", "a+"]);
    expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
  });
});

describe("a set entry", () => {
  it("is shown in its place in the log, ends a group and starts a day", () => {
    const at = noon;
    const messages = messagesOf(chat(2, { at }), chat(4, { at }));
    const setEntries = [
      set(1, "name", "Bees", { at: noon - 24 * 60 * MINUTE }),
      set(3, "topic", "Honey", { at }),
      set(5, "pin:2", true, { at }),
    ];
    const notes: Note[] = [{ kind: "gap", key: "n", after: 4, why: "reset" }];
    expect(lay({ messages, setEntries, notes })).toEqual([
      "start",
      "day",
      "set",
      "day",
      "m2+",
      "set",
      "m4+",
      "note",
      "set",
    ]);
  });
});

describe("pending messages", () => {
  it("continue one's own group, in one group", () => {
    const messages = messagesOf(chat(1, { at: noon }));
    const outgoing = [waiting("a", noon + MINUTE), waiting("b", noon + 20 * MINUTE)];
    expect(lay({ messages, outgoing })).toEqual(["start", "day", "m1+", "a", "b"]);
  });

  it("[D2] have the same key before and after they are acknowledged", () => {
    const before = layOut({ ...empty, outgoing: [waiting("e1", noon)] }).at(-1);
    const after = layOut({ ...empty, messages: messagesOf(chat(1, { at: noon })) }).at(-1);
    expect(before?.key).toBe(after?.key);
  });

  it("are the only pending entries with a row: edits and others have none", () => {
    const edit: PendingMessage = {
      id: "x",
      at: noon,
      frame: { type: "edit", payload: { target: "e1", message: "new", id: "x" } },
      state: { is: "queued" },
    };
    expect(lay({ outgoing: [edit] })).toEqual(["start"]);
  });
});
