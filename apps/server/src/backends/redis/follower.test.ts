import type { EntryFrame } from "@parley/protocol";
import { beforeEach, describe, expect, it } from "vitest";
import { chatDraft } from "../../../test/drafts.ts";
import { settled } from "@parley/testkit/settled";
import { LogUnavailable, numbered, type Page, type Range } from "../../log/log.ts";
import { NOWHERE, RoomFollower } from "./follower.ts";

describe("following a room's log", () => {
  let log: EntryFrame[];
  let epoch: string;
  let told: (number | string)[];
  let reads: number;
  let follower: RoomFollower;
  let held: Promise<void>;
  let away: boolean;

  beforeEach(async () => {
    [log, epoch, told, reads, held, away] = [[], "e1", [], 0, Promise.resolve(), false];
    write(3);
    follower = new RoomFollower({
      read,
      onEntry: ({ payload }) => told.push(payload.seq),
      onReset: () => told.push("reset"),
      onMissedNews: () => told.push("deaf"),
    });
    await follower.compare();
  });

  async function read(range: Range): Promise<Page> {
    reads += 1;
    if (away) throw new LogUnavailable("away");
    const from = "after" in range ? range.after : Math.max(0, log.length - range.limit);
    const entries = log.slice(from, from + range.limit);
    const page = { epoch, head: log.length, first: 1, entries };
    await held;
    return page;
  }

  function write(count: number): void {
    for (let i = 0; i < count; i += 1) {
      log.push(numbered(chatDraft("hi"), log.length + 1));
    }
  }

  function hear(seq: number, of = epoch): void {
    const entry = log[seq - 1];
    if (entry) follower.hear(of, entry);
  }

  it("tells of what comes after the head, and nothing of what was there", () => {
    expect(told).toEqual([]);
    write(2);
    hear(4);
    hear(5);
    expect(told).toEqual([4, 5]);
    expect(reads).toBe(1);
  });

  it("[O2] tells an entry once, however often it is heard of", () => {
    write(1);
    for (const seq of [4, 4, 3, 1, 4]) hear(seq);
    expect(told).toEqual([4]);
  });

  it("[R4] reads what is missing before it goes on", async () => {
    write(4);
    hear(6);
    expect(told).toEqual([]);
    await settled();
    expect(told).toEqual([4, 5, 6, 7]);
  });

  it("[R4] reads page by page if much is missing", async () => {
    write(450);
    hear(453);
    await settled();
    expect(told).toEqual(Array.from({ length: 450 }, (_, i) => i + 4));
  });

  it("[R4] misses nothing that is heard of while it reads", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    held = promise;
    write(2);
    hear(5);
    write(4);
    for (const seq of [4, 5, 9]) hear(seq);
    held = Promise.resolve();
    resolve();
    await settled();
    expect(told).toEqual([4, 5, 6, 7, 8, 9]);
  });

  it("[R4] reads once more for what it hears of while a page is under way that has nothing", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    held = promise;
    const comparing = follower.compare();
    write(2);
    hear(5);
    resolve();
    await comparing;
    expect(told).toEqual([4, 5]);
    expect(reads).toBe(3);
  });

  it("reads once, not for ever, for an entry that is announced and missing", async () => {
    write(9);
    const [entry] = log.splice(3).slice(-1);
    if (entry) follower.hear(epoch, entry);
    await settled();
    expect(told).toEqual([]);
    expect(reads).toBe(2);
  });

  it("[O2] tells of everything up to a repeat before that is answered", async () => {
    write(3);
    const [repeated] = log.slice(-1);
    if (!repeated) throw new Error("Three were written.");
    await follower.reach(epoch, repeated);
    expect(told).toEqual([4, 5, 6]);
    await follower.reach(epoch, repeated);
    expect(reads).toBe(2);
    write(1);
    away = true;
    await expect(follower.reach("e2", repeated)).rejects.toThrow(LogUnavailable);
  });

  it("[O3] notices when another read shows a log that has grown or was reset", async () => {
    write(1);
    await follower.notice({ epoch, head: 4 });
    await settled();
    expect(told).toEqual([4]);
    await follower.notice({ epoch, head: 4 });
    expect(reads).toBe(2);
    epoch = "e2";
    await follower.notice({ epoch, head: 2 });
    expect(told).toEqual([4, "reset"]);
  });

  it("[O3] tells of a new epoch, and continues from its head", async () => {
    [log, epoch] = [[], "e2"];
    write(2);
    hear(2);
    await settled();
    write(1);
    hear(3);
    expect(told).toEqual(["reset", 3]);
    hear(2, "e1");
    await settled();
    expect(told).toEqual(["reset", 3]);
  });

  it("finds by the clock what nobody announced, and reports that it hears nothing", async () => {
    write(1);
    await follower.check();
    expect(told).toEqual([4]);
    write(1);
    await follower.check();
    expect(told).toEqual([4, 5, "deaf"]);
    write(1);
    await follower.check();
    expect(told).toEqual([4, 5, "deaf", 6]);
  });

  it("goes on if a log was away, without a hole", async () => {
    away = true;
    write(3);
    hear(6);
    await expect(follower.check()).rejects.toThrow(LogUnavailable);
    expect(told).toEqual([]);
    away = false;
    await follower.compare();
    expect(told).toEqual([4, 5, 6]);
  });

  it("reads nothing by the clock if the log was seen to end where it is known to end", async () => {
    write(1);
    hear(4);
    await follower.check({ epoch, head: 4, tail: undefined });
    expect(reads).toBe(1);
    await follower.check({ epoch, head: 4, tail: "another entry" });
    await follower.check({ epoch: "e2", head: 4, tail: undefined });
    expect(reads).toBe(3);
    write(1);
    await follower.check({ epoch, head: 5, tail: undefined });
    expect(told).toEqual([4, 5]);
  });
});

describe("following a log that nobody wrote to yet", () => {
  let told: (number | string)[];
  let log: EntryFrame[];
  let reads: number;
  let follower: RoomFollower;
  beforeEach(() => {
    [told, log, reads] = [[], [], 0];
    follower = new RoomFollower({
      async read(range) {
        reads += 1;
        const from = "after" in range ? range.after : 0;
        return { epoch: "e1", head: log.length, first: 1, entries: log.slice(from) };
      },
      onEntry: ({ payload }) => told.push(payload.seq),
      onReset: () => told.push("reset"),
      onMissedNews: () => told.push("deaf"),
    });
  });

  function write(): EntryFrame {
    const entry = numbered(chatDraft("hi"), log.length + 1);
    log.push(entry);
    return entry;
  }

  it("[W4] tells its first entry and what follows, without a read", async () => {
    await follower.startAt(NOWHERE);
    for (let times = 0; times < 2; times += 1) follower.hear("e1", write());
    expect([told, reads]).toEqual([[1, 2], 0]);
    expect(follower.position).toMatchObject({ epoch: "e1", head: 2 });
  });

  it("[W4] reads the first entry if it hears of a later one, or is compared", async () => {
    await follower.startAt(NOWHERE);
    write();
    follower.hear("e1", write());
    await settled();
    expect(told).toEqual([1, 2]);
    const other = new RoomFollower({
      read: async () => ({ epoch: "e1", head: 2, first: 1, entries: log }),
      onEntry: ({ payload }) => told.push(payload.seq),
      onReset: () => told.push("reset"),
      onMissedNews: () => {},
    });
    await other.startAt(NOWHERE);
    await other.check({ epoch: "e1", head: 2, tail: undefined });
    expect(told).toEqual([1, 2, 1, 2]);
  });

  it("[W4] misses nothing that it heard of before it knew where the log ends", async () => {
    follower.hear("e1", write());
    await follower.startAt(NOWHERE);
    expect(told).toEqual([1]);
  });

  it("[O3] takes the epoch of an empty log that somebody read, and tells of the next one", async () => {
    await follower.startAt(NOWHERE);
    await follower.notice({ epoch: "e1", head: 0 });
    expect([told, reads, follower.position?.epoch]).toEqual([[], 0, "e1"]);
    write();
    await follower.notice({ epoch: "e2", head: 1 });
    await follower.notice({ epoch: "e1", head: 1 });
    await settled();
    expect(told).toEqual([1]);
    follower.hear("e2", numbered(chatDraft("hi"), 2));
    await settled();
    expect(follower.position).toMatchObject({ epoch: "e1", head: 1 });
  });
});
