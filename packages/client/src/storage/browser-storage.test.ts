import { until } from "@parley/testkit";
import { afterEach, describe, expect, it, vi } from "vitest";
import { browserRoomStorage } from "./browser-storage.ts";
import { forgetStoredRoom } from "./forget-room.ts";
import { roomsWithPending } from "./rooms-with-pending.ts";
import { chats, ANNA } from "../testing/entries.ts";
import { provideIndexedDb } from "../testing/fake-indexeddb.ts";

provideIndexedDb();
afterEach(() => vi.restoreAllMocks());

const stored = (id: string) => ({
  id,
  frame: { type: "chat", payload: { id, message: id } } as const,
  at: 1,
});
const people = { self: ANNA, members: [ANNA], count: 1 };
const seen = { epoch: "epoch-1", seq: 2, entries: chats(1, 2), people };
const listener = () => ({ acquired: vi.fn<() => void>(), lost: vi.fn<() => void>() });

describe("what a browser stores of rooms", () => {
  it("is deleted room by room, and other tabs are notified", async () => {
    const [one, other] = [browserRoomStorage("forget"), browserRoomStorage("forget")];
    const changed = vi.fn<() => void>();
    for (const roomId of ["lobby", "attic"]) {
      await one.outbox.put(roomId, stored(roomId));
      await one.cache.save(roomId, seen);
    }
    const stop = other.outbox.watch("lobby", changed);
    await forgetStoredRoom(one, "Lobby");
    expect(await other.outbox.load("lobby")).toEqual([]);
    expect(await other.cache.load("lobby")).toBeUndefined();
    expect(await other.outbox.load("attic")).toEqual([stored("attic")]);
    expect(await other.cache.load("attic")).toEqual(seen);
    await until(() => expect(changed).toHaveBeenCalledOnce());
    stop();
  });

  it("says whose bytes are stored elsewhere: the files of what was pending", async () => {
    const storage = browserRoomStorage("forget-files");
    const file = (id: string) => ({ id, name: id, type: "text/plain", size: 1 });
    const withFiles = (id: string, ...files: string[]) => ({
      ...stored(id),
      frame: { type: "chat", payload: { id, message: id, files: files.map(file) } } as const,
    });
    await storage.outbox.put("lobby", withFiles("a", "f1", "f2"));
    await storage.outbox.put("lobby", stored("b"));
    await storage.outbox.put("attic", withFiles("c", "f3"));
    expect(await forgetStoredRoom(storage, "lobby")).toEqual(["f1", "f2"]);
  });

  it("[D5] says where something waits to be sent, and how many messages, in the order of writing", async () => {
    const { outbox } = browserRoomStorage("waiting");
    const refusal = { code: "message_empty", message: "Empty.", temporary: false } as const;
    await outbox.put("lobby", stored("a"));
    await outbox.put("attic/m1", {
      ...stored("b"),
      frame: { type: "delete", payload: { target: "x" } },
    });
    await outbox.put("lobby", stored("c"));
    await outbox.put("cellar", { ...stored("d"), refusal });
    expect([...(await roomsWithPending("waiting"))]).toEqual([
      ["lobby", 2],
      ["attic/m1", 0],
    ]);
    for (const id of ["a", "c"]) await outbox.remove("lobby", id);
    expect([...(await roomsWithPending("waiting"))]).toEqual([["attic/m1", 0]]);
  });

  it("notifies only watchers of the same room, in other tabs", async () => {
    const [one, other] = [browserRoomStorage("news"), browserRoomStorage("news")];
    const heard: string[] = [];
    const stops = [
      one.outbox.watch("lobby", () => heard.push("the same tab")),
      other.outbox.watch("attic", () => heard.push("another room")),
      other.outbox.watch("lobby", () => heard.push("another tab")),
    ];
    await one.outbox.put("lobby", stored("a"));
    await until(() => expect(heard).toEqual(["another tab"]));
    for (const stop of stops) stop();
    await one.outbox.put("lobby", stored("b"));
    await one.outbox.load("lobby");
    expect(heard).toEqual(["another tab"]);
  });

  it("is sent by one tab at a time", async () => {
    const [one, other] = [browserRoomStorage("turns"), browserRoomStorage("turns")];
    const [first, second] = [listener(), listener()];
    const claim = one.sendLock("room-storage", first);
    await until(() => expect(first.acquired).toHaveBeenCalledOnce());
    const next = other.sendLock("room-storage", second);
    claim.release();
    await until(() => expect(second.acquired).toHaveBeenCalledOnce());
    next.release();
  });

  it.each([
    ["the browser denies its storage", () => vi.spyOn(indexedDB, "open").mockImplementation(deny)],
    ["tabs have no locks", () => vi.stubGlobal("navigator", {})],
  ])("is sent by every tab where %s", async (_, deprive) => {
    deprive();
    const [one, other] = [browserRoomStorage("alone"), browserRoomStorage("alone")];
    const [first, second] = [listener(), listener()];
    one.sendLock("lobby", first);
    other.sendLock("lobby", second);
    await until(() => {
      expect(first.acquired).toHaveBeenCalledOnce();
      expect(second.acquired).toHaveBeenCalledOnce();
    });
  });
});

function deny(): never {
  throw new DOMException("Denied.", "SecurityError");
}
