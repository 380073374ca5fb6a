import type { RoomEvent } from "@parley/client";
import type { LogEntry } from "@parley/protocol";
import { beforeEach, describe, expect, it } from "vitest";
import { readEntered } from "./entered-line.ts";
import { RoomReport } from "./room-report.ts";

const ada = { id: "ada", name: "Ada" };
const bob = { id: "bob", name: "Bob\u001b[2J" };
const AT = new Date(2026, 0, 1, 12, 30).getTime();

const chat = (seq: number, message: string, more = {}): LogEntry => ({
  type: "chat",
  payload: { message, seq, id: `m${seq}`, at: AT, from: bob, ...more },
});
const entries = (...entries: LogEntry[]): RoomEvent => ({ type: "entries", entries });
const people: RoomEvent = { type: "people", self: ada, members: [ada, bob], count: 5 };
const joined: RoomEvent = { type: "status", status: { is: "joined" } };
const waiting: RoomEvent = { type: "status", status: { is: "waiting", since: 0, retryAt: 0 } };

let report: RoomReport;
const hear = (...events: RoomEvent[]) => events.flatMap((event) => report.linesOf(event));
beforeEach(() => {
  const style = { drawName: (name: string) => name, paler: (text: string) => text };
  report = new RoomReport(new URL("http://host/"), "123", style);
});

describe("room events as lines", () => {
  it("list the members, and report when one joins", () => {
    expect(hear(joined, people)).toEqual([
      "— Room 123. /help lists the commands.",
      "— 5 here: Ada (you), Bob[2J, and 3 more",
    ]);
    expect(report.prompt).toBe("Ada> ");
  });

  it("report a reconnect once, and how many messages are new afterwards", () => {
    hear(joined, people, entries(chat(1, "one")));
    expect(
      hear(waiting, { type: "status", status: { is: "reconnecting", since: 0 } }, waiting),
    ).toEqual(["— Reconnecting: what you say is kept and goes later."]);
    expect(report.prompt).toBe("Ada (reconnecting)> ");
    expect(hear(joined, entries(chat(2, "two")), { type: "caught-up", fresh: 1 })).toEqual([
      "12:30 Bob[2J: two",
      "— Back, 1 new.",
    ]);
    expect(hear(waiting)).toHaveLength(1);
  });

  it("warn where what is not sent is not kept", () => {
    expect(hear({ type: "unkept" })).toEqual([
      "— Unsent messages cannot be kept here: they are lost if this program ends.",
    ]);
  });

  it("show each entry once; text of others cannot drive the terminal or pass for a line", () => {
    const window: RoomEvent = {
      type: "window",
      why: "first",
      entries: [chat(1, "a\n\u001b]0;x\u0007b")],
    };
    expect(hear(window, entries(chat(1, "again"), chat(2, "two")))).toEqual([
      "12:30 Bob[2J: a\n      ]0;xb",
      "12:30 Bob[2J: two",
    ]);
    const reset: RoomEvent = { type: "window", why: "reset", entries: [chat(1, "other")] };
    expect(hear(reset)).toEqual([
      "— The log was replaced; this is the other one.",
      "12:30 Bob[2J: other",
    ]);
  });

  it("quote the message that a reply answers, or its number if it was not shown", () => {
    hear(entries(chat(7, "a text that is longer than what is quoted of it")));
    expect(hear(entries(chat(8, "yes", { replyTo: "m7", replyToSeq: 7 })))).toEqual([
      "12:30 Bob[2J to Bob[2J “a text that is longer than wha…”: yes",
    ]);
    const deleted = { targetSeq: 3, target: "m3", seq: 9, id: "m9", at: AT, from: bob };
    expect(hear(entries({ type: "deleted", payload: deleted }))).toEqual([
      "12:30 Bob[2J deleted #3",
    ]);
    const reacted = { ...deleted, emoji: "👍", targetSeq: 4 };
    const reaction = (seq: number, on: boolean): LogEntry => ({
      type: "reacted",
      payload: { ...reacted, seq, on },
    });
    expect(hear(entries(reaction(10, true), reaction(11, false)))).toEqual([
      "12:30 Bob[2J reacted 👍 to #4",
      "12:30 Bob[2J took back 👍 from #4",
    ]);
  });
});

describe("an entered line", () => {
  it.each([
    [" ", { is: "nothing" }],
    ["hi /name", { is: "message", text: "hi /name" }],
    ["//quit", { is: "message", text: "/quit" }],
    ["/who", { is: "who" }],
    ["/help", { is: "help" }],
    ["/quit", { is: "quit" }],
    ["/name  Ada L ", { is: "name", name: "Ada L" }],
    ["/name", { is: "wrong", why: expect.stringContaining("A name is") as string }],
    ["/toString", { is: "wrong", why: expect.stringContaining("no /toString") as string }],
  ])("%j is read", (line, entered) => {
    expect(readEntered(line)).toEqual(entered);
  });
});
