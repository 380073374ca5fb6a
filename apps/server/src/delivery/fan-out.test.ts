import { beforeEach, describe, expect, it } from "vitest";
import { ann, bob } from "../../test/drafts.ts";
import { FakeConnection } from "../../test/fake-connection.ts";
import { FanOutRoom } from "../../test/fan-out-room.ts";
import { settled } from "@parley/testkit/settled";
import type { FanOut } from "./fan-out.ts";

const TYPING = { type: "typing", payload: { member: bob, on: true } } as const;

let room: FanOutRoom;
let fanOut: FanOut;

beforeEach(() => {
  room = new FanOutRoom();
  ({ fanOut } = room);
});

describe("fan-out", () => {
  it("[O2] gives everybody every entry, in order, and counts what was written", async () => {
    const [one, other] = [room.come(), room.come(bob.id)];
    for (const message of ["one", "two", "three"]) room.say(message);
    await settled();
    expect(one.connection.readGist()).toEqual(["chat one", "chat two", "chat three"]);
    expect(other.connection.readGist()).toEqual(["chat one", "chat two", "chat three"]);
    expect(room.delivered).toBe(6);
  });

  it("[R3] sends a subscriber that joins later only what it does not know yet", async () => {
    const one = room.come();
    room.say("one");
    const other = room.come();
    room.say("two");
    await settled();
    expect(one.connection.readGist()).toEqual(["chat one", "chat two"]);
    expect(other.connection.readGist()).toEqual(["chat two"]);
  });

  it("[R3] reads from the log what a new subscriber does not know yet", async () => {
    for (const message of ["one", "two", "three"]) room.say(message);
    const connection = new FakeConnection();
    fanOut.add(connection, ann.id, 1);
    room.say("four");
    await settled();
    room.say("five");
    await settled();
    expect(connection.readGist()).toEqual(["chat two", "chat three", "chat four", "chat five"]);
  });

  it("sends nothing more to a subscriber that has left", async () => {
    const { connection, subscriber } = room.come();
    expect(fanOut.has(subscriber)).toBe(true);
    fanOut.remove(subscriber);
    expect(fanOut.has(subscriber)).toBe(false);
    room.say("one");
    fanOut.signal(TYPING, undefined, true);
    await settled();
    expect(connection.read()).toEqual([]);
  });

  it("keeps a signal behind the entries that came before it", async () => {
    const { connection } = room.come();
    room.say("one");
    fanOut.signal(TYPING, bob.id, false);
    room.say("two");
    await settled();
    expect(connection.readGist()).toEqual(["chat one", "typing", "chat two"]);
  });

  it("leaves all sockets of one member out of a signal", async () => {
    const [phone, desk, other] = [room.come(bob.id), room.come(bob.id), room.come(ann.id)];
    fanOut.signal(TYPING, bob.id, false);
    await settled();
    expect(phone.connection.read()).toEqual([]);
    expect(desk.connection.read()).toEqual([]);
    expect(other.connection.readGist()).toEqual(["typing"]);
  });

  it("gives a signal that means something now to those who know half of what it comes with", async () => {
    room.come();
    room.say("one");
    const late = room.come();
    fanOut.signal(TYPING, undefined, false);
    await settled();
    expect(late.connection.readGist()).toEqual(["typing"]);
  });

  it("tells nobody of what happened before they came", () => {
    const early = room.come(ann.id);
    fanOut.signal(TYPING, undefined, true);
    room.say("one");
    const late = room.come(ann.id);
    room.say("two");
    fanOut.flush();
    expect(early.connection.readGist()).toEqual(["typing", "chat one", "chat two"]);
    expect(late.connection.readGist()).toEqual(["chat two"]);
  });

  it("writes at once what has to stand before an answer", () => {
    const { connection } = room.come();
    room.say("one");
    fanOut.flush();
    expect(connection.readGist()).toEqual(["chat one"]);
    fanOut.flush();
    expect(connection.read()).toEqual([]);
  });
});
