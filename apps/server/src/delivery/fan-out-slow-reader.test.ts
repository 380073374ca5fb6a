import { beforeEach, describe, expect, it } from "vitest";
import { ann, bob } from "../../test/drafts.ts";
import { FakeConnection } from "../../test/fake-connection.ts";
import { FanOutRoom } from "../../test/fan-out-room.ts";
import { settled } from "@parley/testkit/settled";
import type { FanOut } from "./fan-out.ts";
import { BACKLOG_BYTES_MAX, CATCH_UP_RETRY_MS } from "../limits/limits.ts";
import { LogUnavailable } from "../log/log.ts";

const TYPING = { type: "typing", payload: { member: bob, on: true } } as const;

let room: FanOutRoom;
let fanOut: FanOut;
/** What reading the log fails with, if it does. */
let failure: Error | undefined;
let reads: number;
let failures: unknown[];

beforeEach(() => {
  failure = undefined;
  failures = [];
  reads = 0;
  room = new FanOutRoom({
    readAfter: async (seq, limit) => {
      reads += 1;
      if (failure) throw failure;
      return room.after(seq, limit);
    },
    onFailure: (subscriber, error) => failures.push({ subscriber, error }),
  });
  ({ fanOut } = room);
});

describe("somebody who reads slowly", () => {
  /** A reader who has the first entry, and a backlog of unread bytes. */
  async function slowReader() {
    const slow = room.come();
    slow.connection.unread = BACKLOG_BYTES_MAX + 1;
    room.say("one");
    await settled();
    expect(slow.connection.readGist()).toEqual(["chat one"]);
    return slow;
  }

  it("is sent nothing more, and everybody else still is", async () => {
    const { connection } = await slowReader();
    const other = room.come();
    room.say("two");
    fanOut.signal(TYPING, undefined, false);
    await settled();
    expect(connection.read()).toEqual([]);
    expect(other.connection.readGist()).toEqual(["chat two", "typing"]);
  });

  it("[O2] gets the rest from the log once it has read, and is live again", async () => {
    const { connection } = await slowReader();
    for (const message of ["two", "three"]) room.say(message);
    await settled();
    connection.drain();
    await settled();
    expect(connection.readGist()).toEqual(["chat two", "chat three"]);
    expect(room.delivered).toBe(3);
    room.say("four");
    await settled();
    expect(connection.readGist()).toEqual(["chat four"]);
  });

  it("[O2] catches up page by page, however far it is behind", async () => {
    const { connection } = await slowReader();
    for (let i = 2; i <= 500; i += 1) room.say(`${i}`);
    await settled();
    connection.drain();
    await settled();
    const seqs = connection.readAll("chat").map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: 499 }, (_, i) => i + 2));
  });

  it("is read the next page for when the one before has left", async () => {
    const { connection } = await slowReader();
    for (let i = 2; i <= 500; i += 1) room.say(`${i}`);
    await settled();
    const send = connection.send.bind(connection);
    connection.send = (frame) => {
      send(frame);
      connection.unread = BACKLOG_BYTES_MAX + 1;
    };
    for (const length of [200, 200, 99, 0]) {
      connection.drain();
      await settled();
      expect(connection.read()).toHaveLength(length);
    }
  });

  it("catches up in steps that a slow line can carry", async () => {
    const { connection } = await slowReader();
    for (let i = 0; i < 200; i += 1) room.say("€".repeat(2_700));
    await settled();
    connection.drain();
    await settled();
    expect(connection.readAll("chat")).toHaveLength(200);
    expect(connection.largest).toBeLessThanOrEqual(BACKLOG_BYTES_MAX);
  });

  it("still hears who comes and goes, so that the count stays right", async () => {
    const { connection } = await slowReader();
    const left = { type: "left", payload: { member: bob, count: 1 } } as const;
    fanOut.signal(left, undefined, true);
    await settled();
    expect(connection.readGist()).toEqual(["left Bob 1"]);
  });

  it("[D4] tries again if the log is away just then", async () => {
    const { connection } = await slowReader();
    room.say("two");
    failure = new LogUnavailable("the disk is away");
    connection.drain();
    await settled();
    expect(connection.read()).toEqual([]);
    failure = undefined;
    room.time.pass(CATCH_UP_RETRY_MS + 100);
    await settled();
    expect(connection.readGist()).toEqual(["chat two"]);
    expect(failures).toEqual([]);
  });

  it("is not read for again once they have gone", async () => {
    const { connection, subscriber } = await slowReader();
    failure = new LogUnavailable("the disk is away");
    connection.drain();
    await settled();
    fanOut.remove(subscriber);
    room.time.pass(CATCH_UP_RETRY_MS + 100);
    await settled();
    expect(reads).toBe(1);
  });

  it("is not read for again after a bug, which is reported", async () => {
    const { connection, subscriber } = await slowReader();
    failure = new TypeError("a bug");
    connection.drain();
    await settled();
    expect(failures).toEqual([{ subscriber, error: failure }]);
    room.time.pass(CATCH_UP_RETRY_MS + 100);
    await settled();
    expect(reads).toBe(1);
  });

  it("continues with what is left when the log was trimmed", async () => {
    const { connection } = await slowReader();
    for (const message of ["two", "three", "four"]) room.say(message);
    room.entries = room.entries.slice(3);
    connection.drain();
    await settled();
    expect(connection.readAll("chat").map(({ seq }) => seq)).toEqual([4]);
  });

  it("is left behind at once if what it was shown at its join is a backlog already", async () => {
    const connection = new FakeConnection();
    connection.unread = BACKLOG_BYTES_MAX + 1;
    fanOut.add(connection, ann.id, 0);
    room.say("one");
    await settled();
    expect(connection.read()).toEqual([]);
    connection.drain();
    await settled();
    expect(connection.readGist()).toEqual(["chat one"]);
  });
});
