import { describe, expect, it } from "vitest";
import type { CachedRoom, RoomCache } from "../../storage/room-cache.ts";
import { CACHE_SAVE_AFTER_MS, CACHE_LOAD_WAIT_MS } from "../../storage/room-cache-writer.ts";
import { ANNA, BEN, chat, chats } from "../../testing/entries.ts";
import { settled } from "../../testing/fake-clock.ts";
import { seqsOf, visit } from "../../testing/visit.ts";
import { RESTORED_BEHIND_MAX } from "./log.ts";
import { RECENT_ENTRIES_MAX } from "./log-cursor.ts";

const people = { self: ANNA, members: [ANNA, BEN], count: 2 };

function upTo(seq: number, fields: Partial<CachedRoom> = {}): CachedRoom {
  return { epoch: "epoch-1", seq, entries: chats(1, seq), people, ...fields };
}

/** A cache in memory that counts how often it is written. */
function memoryCache(room?: CachedRoom): RoomCache & { room?: CachedRoom; saves: number } {
  const cache = {
    room,
    saves: 0,
    load: async () => cache.room,
    save: async (_roomId: string, next: CachedRoom) => {
      cache.saves += 1;
      cache.room = next;
    },
  };
  return cache as RoomCache & { room?: CachedRoom; saves: number };
}

describe("a cached room", () => {
  it("[R1] opens from the cache before the server answers, and catches up from there", async () => {
    const room = visit({ cache: memoryCache(upTo(3)) });
    await settled();
    expect(room.told().slice(-2)).toEqual([
      { type: "people", ...people },
      { type: "window", entries: chats(1, 3), why: "first" },
    ]);
    await room.join({ entries: chats(4, 5), recovered: true, missed: 2 });
    expect(room.socket.readAll("join")[0]?.since).toEqual({
      epoch: "epoch-1",
      seq: 3,
      id: "entry-3",
    });
    expect(room.told().slice(-2)).toEqual([
      { type: "entries", entries: chats(4, 5) },
      { type: "caught-up", fresh: 2 },
    ]);
  });

  it("waits for the cache before it joins, but no longer than 1 s", async () => {
    const hangs = () => Promise.withResolvers<never>().promise;
    const room = visit({ cache: { ...memoryCache(), load: hangs } });
    room.socket.open();
    expect(room.socket.read()).toEqual([]);
    room.clock.advance(CACHE_LOAD_WAIT_MS);
    expect(room.socket.readAll("join")).toMatchObject([{ roomId: "lobby" }]);
    await room.join({ entries: chats(1, 2) });
    expect(room.toldOf("window")).toMatchObject([{ why: "first" }]);
  });

  it("is shown from a slow cache while offline, and continues from there", async () => {
    const load = Promise.withResolvers<CachedRoom>();
    const room = visit({ cache: { ...memoryCache(), load: () => load.promise } });
    room.clock.advance(CACHE_LOAD_WAIT_MS);
    load.resolve(upTo(3));
    await settled();
    expect(room.toldOf("window")).toMatchObject([{ entries: chats(1, 3), why: "first" }]);
    await room.join({ entries: chats(4, 5), recovered: true, missed: 2 });
    expect(room.socket.readAll("join")).toMatchObject([{ since: { seq: 3 } }]);
  });

  it("is shown as the server says if the cache answers after the join was sent", async () => {
    const load = Promise.withResolvers<CachedRoom>();
    const room = visit({ cache: { ...memoryCache(), load: () => load.promise } });
    room.socket.open();
    room.clock.advance(CACHE_LOAD_WAIT_MS);
    load.resolve(upTo(3));
    await settled();
    await room.join({ entries: chats(1, 2) });
    expect(room.toldOf("window")).toEqual([{ type: "window", entries: chats(1, 2), why: "first" }]);
  });

  it.each([
    [
      "cannot be read",
      () => Promise.reject(new DOMException("The disk is broken.", "UnknownError")),
    ],
    ["has a hole", async () => upTo(9, { entries: [chat(7), chat(9)] })],
    ["is of another end", async () => upTo(9, { entries: chats(1, 8) })],
  ])("is joined as an unknown one where its cache %s", async (_, load) => {
    const room = visit({ cache: { ...memoryCache(), load } });
    await room.join({ entries: chats(1, 2) });
    expect(room.toldOf("window")).toEqual([{ type: "window", entries: chats(1, 2), why: "first" }]);
  });

  it("stays visible through drops before the first join", async () => {
    const room = visit({ cache: memoryCache(upTo(3)) });
    await settled();
    room.dropAndReturn();
    room.dropAndReturn();
    expect(room.toldOf("window")).toHaveLength(1);
    await room.join({ head: 3, recovered: true });
    expect(room.toldOf("window")).toEqual([]);
  });

  it.each([
    ["reset", { epoch: "epoch-2" }],
    ["truncated", { truncatedBefore: 8 }],
  ] as const)("[R5] says so where its past is no more: %s", async (why, fields) => {
    const room = visit({ cache: memoryCache(upTo(3)) });
    await settled();
    room.told();
    await room.join({ entries: chats(8, 9), ...fields });
    expect(room.toldOf("window")).toMatchObject([{ why, entries: chats(8, 9) }]);
  });

  it("is shown from its end after a very long absence", async () => {
    const room = visit({ cache: memoryCache(upTo(3)) });
    await settled();
    const missed = RESTORED_BEHIND_MAX + 1;
    await room.join({ entries: chats(4, 203), head: 3 + missed, recovered: true, missed });
    expect(seqsOf(room.toldOf("entries"))).toEqual([]);
    expect(room.sockets).toHaveLength(2);
    expect(room.sockets[0]?.ended).toBe("lost");
    await room.join({ entries: chats(missed - 46, missed + 3) });
    expect(room.socket.readAll("join")[0]?.since).toBeUndefined();
    expect(room.toldOf("window")).toMatchObject([{ why: "first" }]);
  });

  it("[R1] continues from the cache if few entries are missing, or if it joined before", async () => {
    const recalledRoom = visit({ cache: memoryCache(upTo(3)) });
    await settled();
    const joinedRoom = visit();
    await joinedRoom.join({ entries: chats(1, 3) });
    joinedRoom.dropAndReturn();
    for (const [room, missed] of [
      [recalledRoom, RESTORED_BEHIND_MAX],
      [joinedRoom, RESTORED_BEHIND_MAX + 1],
    ] as const) {
      room.told();
      await room.join({ entries: chats(4, 203), head: 3 + missed, recovered: true, missed });
      expect(room.socket.ended).toBeUndefined();
      expect(seqsOf(room.toldOf("entries"))).toHaveLength(200);
    }
  });

  it("[D5] drops a pending message that the cache shows as arrived", async () => {
    const earlier = visit();
    const id = earlier.client.say("one");
    const stored = {
      id,
      frame: { type: "chat", payload: { message: "one", id } },
      at: 1,
    } as const;
    const removed: string[] = [];
    const outbox = {
      load: async () => (removed.length > 0 ? [] : [stored]),
      put: async () => undefined,
      remove: async (_roomId: string, gone: string) => void removed.push(gone),
      watch: () => () => undefined,
    };
    const cache = memoryCache(upTo(4, { entries: [...chats(1, 3), chat(4, { id, from: ANNA })] }));
    const room = visit({ outbox, cache });
    await settled();
    expect(removed).toEqual([id]);
    expect(room.toldOf("pending").at(-1)).toEqual({ type: "pending", pending: [] });
  });
});

describe("what the cache stores", () => {
  it("is what was shown, written later and only after a change", async () => {
    const cache = memoryCache();
    const room = visit({ cache });
    await room.join({ entries: chats(1, 2), members: [ANNA, BEN], count: 2 });
    for (let seq = 3; seq <= 50; seq += 1) room.socket.say(chat(seq));
    expect(cache.saves).toBe(0);
    room.clock.advance(CACHE_SAVE_AFTER_MS);
    expect(cache).toMatchObject({ saves: 1, room: upTo(50) });
    room.socket.say({ type: "typing", payload: { member: BEN, on: true } });
    room.clock.advance(CACHE_SAVE_AFTER_MS);
    expect(cache.saves).toBe(1);
    await settled();
    room.socket.say(chat(51));
    room.clock.advance(CACHE_SAVE_AFTER_MS);
    expect(cache).toMatchObject({ saves: 2, room: upTo(51) });
  });

  it("is written at once on leaving", async () => {
    const cache = memoryCache();
    const room = visit({ cache });
    await room.join({ entries: chats(1, 2), members: [ANNA, BEN], count: 2 });
    room.client.leave();
    expect(cache.room).toEqual(upTo(2));
  });

  it("[O3] has no page of another log, and none that is not adjacent", async () => {
    const cache = memoryCache();
    const room = visit({ cache });
    await room.join({ entries: chats(11, 12) });
    for (const [epoch, entries] of [
      ["epoch-2", chats(1, 10)],
      ["epoch-1", chats(1, 9)],
    ] as const) {
      const page = room.client.history(11);
      room.socket.say({ type: "history", payload: { entries, epoch, head: 12, more: false } });
      await page;
    }
    room.client.close();
    expect(cache.room).toMatchObject({ seq: 12, entries: chats(11, 12) });
  });

  it("has at most the last 500 entries, with the pages that a reader fetched before them", async () => {
    const cache = memoryCache();
    const room = visit({ cache });
    await room.join({ entries: chats(601, 650) });
    const page = room.client.history(601, 200);
    const fields = { epoch: "epoch-1", head: 650, more: true };
    room.socket.say({ type: "history", payload: { entries: chats(401, 600), ...fields } });
    await page;
    room.client.close();
    expect(cache.room).toMatchObject({ seq: 650, entries: chats(401, 650) });
    const next = visit({ cache });
    await settled();
    await next.join({ entries: chats(651, 950), recovered: true, missed: 300 });
    next.client.close();
    await settled();
    expect(cache.room).toMatchObject({ seq: 950, entries: chats(951 - RECENT_ENTRIES_MAX, 950) });
  });
});
