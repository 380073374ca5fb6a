import { CONVERSATIONS_OPEN_MAX, type InnerUp } from "@parley/protocol";
import { settled } from "@parley/testkit/settled";
import { beforeEach, describe, expect, it } from "vitest";
import { HeldLog } from "../../test/held-log.ts";
import {
  chat,
  heard,
  idOf,
  open,
  PrivateRoom,
  tell,
  type JoinedMember,
} from "../../test/private-room.ts";
import { MemoryLog } from "../backends/memory/log.ts";
import { CATCH_UP_RETRY_MS, TICK_MS } from "../limits/limits.ts";

const typing = { type: "typing", payload: { on: true } } as const;

describe("a private message that arrives while its conversation opens", () => {
  let log: HeldLog;
  let room: PrivateRoom;
  let ann: JoinedMember;
  let bob: JoinedMember;

  beforeEach(async () => {
    log = new HeldLog(new MemoryLog());
    room = await PrivateRoom.open(log);
    ({ ann, bob } = room);
    await tell(ann, bob, chat("before"));
    ann.send("leave", {});
    await settled();
    ann = await room.enter("Ann");
    for (const { connection } of [ann, bob]) connection.read();
  });

  it("[W4] is shown to a client whose own frame opens it, and nothing from before", async () => {
    log.hold("read");
    await tell(ann, bob, typing);
    log.letThrough("read");
    await tell(bob, ann, chat("IMPORTANT"));
    await tell(bob, ann, chat("and more"));
    log.release("read");
    await settled();
    expect(heard(ann)).toEqual(["private Bob: chat IMPORTANT", "private Bob: chat and more"]);
  });

  it("[W4] is shown once if it is stored after the log was read", async () => {
    log.hold("read", "after");
    await tell(ann, bob, typing);
    log.letThrough("read");
    await tell(bob, ann, chat("IMPORTANT"));
    log.release("read");
    await settled();
    expect(heard(ann)).toEqual(["private Bob: chat IMPORTANT"]);
  });

  it("[W4] is shown later if the log is away, whatever opens it", async () => {
    for (const frame of [typing, open()]) {
      log.hold("read");
      await tell(ann, bob, frame);
      log.letThrough("read");
      await tell(bob, ann, chat("IMPORTANT"));
      log.fail("read");
      await settled();
      expect(heard(ann)).toEqual(["private Bob: error unavailable"]);
      await tell(bob, ann, chat("and more"));
      room.world.time.pass(CATCH_UP_RETRY_MS + TICK_MS);
      await settled();
      expect(heard(ann)).toEqual(["private Bob: chat IMPORTANT", "private Bob: chat and more"]);
      await tell(ann, bob, { type: "leave", payload: {} });
    }
  });
});

describe("conversations beyond those that a connection may have open", () => {
  let log: HeldLog;
  let room: PrivateRoom;
  let ann: JoinedMember;
  let guests: JoinedMember[];

  beforeEach(async () => {
    log = new HeldLog(new MemoryLog());
    room = await PrivateRoom.open(log, { LIMITS: "off" });
    ({ ann } = room);
    guests = [];
    for (let i = 0; i < CONVERSATIONS_OPEN_MAX + 4; i += 1) guests.push(await enter(i));
    ann.connection.read();
  });

  const enter = (i: number) =>
    room.world.join("lobby", `guest ${i}`, { token: `${"x".repeat(20)}${10 + i}` });
  const send = (from: JoinedMember, to: JoinedMember, frame: InnerUp) =>
    from.send("private", { with: idOf(to), frame });
  const heardPrivately = () => heard(ann).filter((each) => each.startsWith("private"));
  const all = (say: string) => guests.map((_, i) => `private guest ${i}: ${say}`).toSorted();

  it("[D1] take no place of one whose message is being stored", async () => {
    const [first, ...others] = guests as [JoinedMember, ...JoinedMember[]];
    await tell(ann, first, typing);
    log.hold("append");
    await tell(ann, first, chat("hello"));
    // The bells of both members ring before the message is stored.
    for (let bells = 0; bells < 2; bells += 1) log.release("append");
    await settled();
    for (const guest of others) await tell(ann, guest, typing);
    log.release("append");
    await settled();
    expect(heardPrivately()).toEqual(["private guest 0: chat hello"]);
  });

  it("are refused for a moment while all are in use", async () => {
    const some = guests.slice(0, CONVERSATIONS_OPEN_MAX + 1);
    const [last] = some.slice(-1) as [JoinedMember];
    for (const guest of some) send(ann, guest, chat("hello", "m1"));
    await settled();
    const frames = ann.connection.readAll("private");
    expect(frames).toHaveLength(some.length);
    expect(frames[0]).toMatchObject({
      with: { id: idOf(last) },
      frame: { payload: { code: "rate_limited", ref: "m1", retryAfter: CATCH_UP_RETRY_MS } },
    });
    await tell(ann, last, chat("hello", "m1"));
    expect(heardPrivately()).toEqual(["private guest 16: chat hello"]);
  });

  it("leave none whose page of history is still to be sent", async () => {
    const [first, ...others] = guests as [JoinedMember, ...JoinedMember[]];
    await tell(ann, first, chat("hello"));
    ann.connection.unread = 1;
    await tell(ann, first, { type: "history", payload: {} });
    for (const guest of others) await tell(ann, guest, typing);
    ann.connection.read();
    ann.connection.drain();
    await settled();
    expect(heardPrivately()).toEqual(["private guest 0: history"]);
  });

  it("[W4] have their messages shown once a place is free, from the first on", async () => {
    const places = guests.slice(0, CONVERSATIONS_OPEN_MAX);
    const [next] = guests.slice(CONVERSATIONS_OPEN_MAX) as [JoinedMember];
    for (const guest of places) await tell(ann, guest, open());
    await tell(next, ann, chat("one"));
    await tell(next, ann, chat("two"));
    room.world.time.pass(CATCH_UP_RETRY_MS + TICK_MS);
    await settled();
    ann.connection.read();
    await tell(ann, places[0] as JoinedMember, { type: "leave", payload: {} });
    room.world.time.pass(CATCH_UP_RETRY_MS + TICK_MS);
    await settled();
    expect(heardPrivately()).toEqual(["private guest 16: chat one", "private guest 16: chat two"]);
  });

  it("[W4] have their messages shown as well if the client opens one by a frame", async () => {
    const places = guests.slice(0, CONVERSATIONS_OPEN_MAX);
    const [next] = guests.slice(CONVERSATIONS_OPEN_MAX) as [JoinedMember];
    for (const guest of places) await tell(ann, guest, open());
    await tell(next, ann, chat("one"));
    await tell(ann, places[0] as JoinedMember, { type: "leave", payload: {} });
    ann.connection.read();
    await tell(ann, next, chat("yes?"));
    expect(heardPrivately()).toEqual(["private guest 16: chat one", "private guest 16: chat yes?"]);
  });

  it("[W4] have their messages shown if all write at once", async () => {
    for (const guest of guests) send(guest, ann, chat("hello"));
    await settled();
    room.world.time.pass(CATCH_UP_RETRY_MS + TICK_MS);
    await settled();
    expect(heardPrivately().toSorted()).toEqual(all("chat hello"));
  });

  it("[W4] take no place of one that has rung and whose message is being stored", async () => {
    const places = guests.slice(0, CONVERSATIONS_OPEN_MAX);
    const [next, other] = guests.slice(CONVERSATIONS_OPEN_MAX) as [JoinedMember, JoinedMember];
    for (const guest of places) await tell(ann, guest, typing);
    log.hold("append");
    for (const guest of places) await tell(guest, ann, chat("hello"));
    for (let bells = 0; bells < 2 * places.length; bells += 1) log.release("append");
    await settled();
    log.letThrough("append");
    await tell(next, ann, chat("me too"));
    await tell(ann, other, typing);
    expect(heardPrivately()).toEqual(["private guest 17: error rate_limited"]);
    for (const _ of places) log.release("append");
    await settled();
    room.world.time.pass(CATCH_UP_RETRY_MS + TICK_MS);
    await settled();
    const messages = places.map((_, i) => `private guest ${i}: chat hello`);
    expect(heardPrivately()).toEqual([...messages, "private guest 16: chat me too"]);
  });
});
