import { beforeEach, describe, expect, it } from "vitest";
import { bob, chatDraft } from "../../test/drafts.ts";
import { FakeConnection } from "../../test/fake-connection.ts";
import { FakeTime } from "../../test/fake-time.ts";
import { FanOutRoom } from "../../test/fan-out-room.ts";
import { settled } from "@parley/testkit/settled";
import type { FanOut } from "./fan-out.ts";
import { BACKLOG_BYTES_MAX } from "../limits/limits.ts";
import { numbered } from "../log/log.ts";

const CAME = { type: "entered", payload: { member: bob, count: 2 } } as const;

let room: FanOutRoom;
let fanOut: FanOut;
let time: FakeTime;
/** The answers that were waited for and stand in the stream now. */
let answered: number[];

beforeEach(() => {
  answered = [];
  time = new FakeTime();
  room = new FanOutRoom({ flushClock: time.flushClock });
  ({ fanOut } = room);
});

/** The log is another one, which nobody was told of. */
function lose() {
  room.entries = [];
  return fanOut.pause();
}

/** Asks for an answer that stands after the entries up to a `seq`. */
async function ask({ subscriber }: ReturnType<FanOutRoom["come"]>, seq: number): Promise<void> {
  void fanOut.sent(subscriber, seq).then(() => answered.push(seq));
  await settled();
}

describe("a room whose log turns out to be another one", () => {
  it("[D1] [O2] sends first what was said in the former one", () => {
    const { connection } = room.come();
    room.say("one", "two");
    lose();
    expect(connection.readGist()).toEqual(["chat one", "chat two"]);
  });

  it("[R5] sends what comes then to those who were told how far it went, and no sooner", async () => {
    const one = room.come();
    const told = lose();
    room.say("known", "new");
    await settled();
    fanOut.flush();
    expect(one.connection.read()).toEqual([]);
    fanOut.resume(told, 1);
    expect(one.connection.readGist()).toEqual(["chat new"]);
    room.say("later");
    await settled();
    expect(one.connection.readGist()).toEqual(["chat later"]);
  });

  it("[R5] sends nothing of it when a window ends that was open before", async () => {
    const one = room.come();
    fanOut.signal(CAME, undefined, true);
    const told = lose();
    room.say("new");
    time.pass(1_000);
    await settled();
    expect(one.connection.readGist()).toEqual([]);
    fanOut.resume(told, 0);
    expect(one.connection.readGist()).toEqual(["chat new"]);
  });

  it("[R5] keeps an answer out of it back until they were told, however far the former one went", async () => {
    const one = room.come();
    room.say("one", "two", "three");
    const told = lose();
    await ask(one, 1);
    expect(answered).toEqual([]);
    fanOut.resume(told, 1);
    await settled();
    expect(answered).toEqual([1]);
  });

  it("[O2] gives answers their place once they were told: those of what they know, and no others", async () => {
    const one = room.come();
    const told = lose();
    for (const seq of [2, 0, 1]) await ask(one, seq);
    fanOut.resume(told, 1);
    await settled();
    expect(answered).toEqual([0, 1]);
    room.entries = [numbered(chatDraft("known"), 1)];
    room.say("new");
    await settled();
    expect(answered).toEqual([0, 1, 2]);
  });

  it("lets no answer wait for entries of the former one", async () => {
    const one = room.come();
    one.connection.unread = BACKLOG_BYTES_MAX + 1;
    room.say("one");
    await settled();
    room.say("two");
    await ask(one, 2);
    expect(answered).toEqual([]);
    lose();
    await settled();
    expect(answered).toEqual([2]);
  });

  it("lets an answer go if nobody waits for it any more", async () => {
    const one = room.come();
    lose();
    await ask(one, 1);
    fanOut.remove(one.subscriber);
    await settled();
    await ask(one, 2);
    expect(answered).toEqual([1, 2]);
  });

  it("[P1] tells nobody of those whom they were shown with it", async () => {
    const one = room.come();
    const told = lose();
    fanOut.signal(CAME, undefined, true);
    await settled();
    fanOut.resume(told, 0);
    expect(one.connection.read()).toEqual([]);
    fanOut.signal(CAME, undefined, true);
    room.say("new");
    fanOut.flush();
    expect(one.connection.readGist()).toEqual(["entered Bob 2", "chat new"]);
  });

  it("[R3] sends subscribers that joined during the reset only what they do not know", async () => {
    const told = lose();
    room.say("one");
    const behind = new FakeConnection();
    fanOut.add(behind, bob.id, 0);
    const late = room.come();
    room.say("two");
    await settled();
    expect([...behind.read(), ...late.connection.read()]).toEqual([]);
    fanOut.resume(told, 2);
    await settled();
    expect(late.connection.readGist()).toEqual(["chat two"]);
    expect(behind.readGist()).toEqual(["chat one", "chat two"]);
  });

  it("[R3] reads the log for those who come then, and know less than others were told", async () => {
    const told = lose();
    room.entries = ["one", "two", "three"].map((message, n) => numbered(chatDraft(message), n + 1));
    fanOut.resume(told, 3);
    const connection = new FakeConnection();
    fanOut.add(connection, bob.id, 1);
    await settled();
    expect(connection.readGist()).toEqual(["chat two", "chat three"]);
  });

  it("names another log each time", () => {
    const names = [fanOut.generation];
    for (let time = 0; time < 2; time += 1) {
      lose();
      names.push(fanOut.generation);
    }
    expect(new Set(names).size).toBe(3);
  });
});
