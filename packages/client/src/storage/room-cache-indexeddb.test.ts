import { describe, expect, it } from "vitest";
import { CACHED_ROOMS_MAX, type CachedRoom } from "./room-cache.ts";
import { createIndexedDbCache } from "./room-cache-indexeddb.ts";
import { roomDatabase } from "./room-database.ts";
import { ANNA, chats } from "../testing/entries.ts";
import { provideIndexedDb } from "../testing/fake-indexeddb.ts";

provideIndexedDb();

const people = { self: ANNA, members: [ANNA], count: 1 };
const upTo = (seq: number): CachedRoom => ({
  epoch: "epoch-1",
  seq,
  entries: chats(1, seq),
  people,
});
let now = 0;
let databases = 0;
const newCache = () =>
  createIndexedDbCache(roomDatabase(`cache-${(databases += 1)}`), { now: () => (now += 1) });

describe("the room cache", () => {
  it("returns what was last saved of a room, and nothing of another", async () => {
    const cache = newCache();
    await cache.save("lobby", upTo(3));
    await cache.save("lobby", { ...upTo(5), truncatedBefore: 1 });
    expect(await cache.load("lobby")).toEqual({ ...upTo(5), truncatedBefore: 1 });
    expect(await cache.load("attic")).toBeUndefined();
  });

  it("drops the rooms that were not opened for longest", async () => {
    const cache = newCache();
    const rooms = Array.from({ length: CACHED_ROOMS_MAX + 2 }, (_, n) => `room-${n}`);
    for (const room of rooms.slice(0, -2)) await cache.save(room, upTo(1));
    await cache.save("room-0", upTo(2));
    for (const room of rooms.slice(-2)) await cache.save(room, upTo(1));
    const kept = await Promise.all(rooms.map((room) => cache.load(room)));
    const forgotten = rooms.filter((_, n) => kept[n] === undefined);
    expect(forgotten).toEqual(["room-1", "room-2"]);
  });
});
