import type { EntryFrame } from "@parley/protocol";
import { beforeEach, describe, expect, it } from "vitest";
import { ann, bob, chatDraft } from "../../test/drafts.ts";
import { FakeConnection } from "../../test/fake-connection.ts";
import { FakeTime } from "../../test/fake-time.ts";
import { settled } from "@parley/testkit/settled";
import { FanOut } from "./fan-out.ts";
import { numbered } from "../log/log.ts";

const TYPING = { type: "typing", payload: { member: bob, on: true } } as const;

let time: FakeTime;
/** Everything that was said; the log has it before the room tells of it. */
let entries: EntryFrame[];
let delivered: number;
let fanOut: FanOut;

beforeEach(() => {
  time = new FakeTime();
  entries = [];
  delivered = 0;
  fanOut = new FanOut({
    timers: time.timers,
    readAfter: async (seq, limit) =>
      entries.filter(({ payload }) => payload.seq > seq).slice(0, limit),
    onDelivered: (written) => {
      delivered += written;
    },
    onFailure: (_subscriber, error) => expect.fail(String(error)),
  });
});

function say(message: string): void {
  const entry = numbered(chatDraft(message), entries.length + 1);
  entries.push(entry);
  fanOut.entry(entry);
}

/** Somebody who knows the log as far as it goes now. */
function come(memberId = ann.id) {
  const connection = new FakeConnection();
  return { connection, subscriber: fanOut.add(connection, memberId, entries.length) };
}

describe("fan-out", () => {
  it("[O2] gives everybody every entry, in order, and counts what was written", async () => {
    const [one, other] = [come(), come(bob.id)];
    for (const message of ["one", "two", "three"]) say(message);
    await settled();
    expect(one.connection.readGist()).toEqual(["chat one", "chat two", "chat three"]);
    expect(other.connection.readGist()).toEqual(["chat one", "chat two", "chat three"]);
    expect(delivered).toBe(6);
  });

  it("[R3] gives whoever comes later only what they do not know yet", async () => {
    const one = come();
    say("one");
    const other = come();
    say("two");
    await settled();
    expect(one.connection.readGist()).toEqual(["chat one", "chat two"]);
    expect(other.connection.readGist()).toEqual(["chat two"]);
  });

  it("[R3] gives whoever knows less than was told the rest from the log", async () => {
    for (const message of ["one", "two", "three"]) say(message);
    const connection = new FakeConnection();
    fanOut.add(connection, ann.id, 1);
    say("four");
    await settled();
    say("five");
    await settled();
    expect(connection.readGist()).toEqual(["chat two", "chat three", "chat four", "chat five"]);
  });

  it("gives nothing more to whoever has left", async () => {
    const { connection, subscriber } = come();
    expect(fanOut.has(subscriber)).toBe(true);
    fanOut.remove(subscriber);
    expect(fanOut.has(subscriber)).toBe(false);
    say("one");
    fanOut.signal(TYPING, undefined, true);
    await settled();
    expect(connection.read()).toEqual([]);
  });

  it("keeps a signal behind the entries that came before it", async () => {
    const { connection } = come();
    say("one");
    fanOut.signal(TYPING, bob.id, false);
    say("two");
    await settled();
    expect(connection.readGist()).toEqual(["chat one", "typing", "chat two"]);
  });

  it("spares all sockets of one person a signal", async () => {
    const [phone, desk, other] = [come(bob.id), come(bob.id), come(ann.id)];
    fanOut.signal(TYPING, bob.id, false);
    await settled();
    expect(phone.connection.read()).toEqual([]);
    expect(desk.connection.read()).toEqual([]);
    expect(other.connection.readGist()).toEqual(["typing"]);
  });

  it("gives a signal that means something now to those who know half of what it comes with", async () => {
    come();
    say("one");
    const late = come();
    fanOut.signal(TYPING, undefined, false);
    await settled();
    expect(late.connection.readGist()).toEqual(["typing"]);
  });

  it("tells nobody of what happened before they came", () => {
    const early = come(ann.id);
    fanOut.signal(TYPING, undefined, true);
    say("one");
    const late = come(ann.id);
    say("two");
    fanOut.flush();
    expect(early.connection.readGist()).toEqual(["typing", "chat one", "chat two"]);
    expect(late.connection.readGist()).toEqual(["chat two"]);
  });

  it("writes at once what has to stand before an answer", () => {
    const { connection } = come();
    say("one");
    fanOut.flush();
    expect(connection.readGist()).toEqual(["chat one"]);
    fanOut.flush();
    expect(connection.read()).toEqual([]);
  });
});
