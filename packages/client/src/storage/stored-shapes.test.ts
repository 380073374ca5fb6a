import { afterEach, describe, expect, it } from "vitest";
import { ANNA, chats } from "../testing/entries.ts";
import { provideIndexedDb } from "../testing/fake-indexeddb.ts";
import { browserRoomStorage } from "./browser-storage.ts";

provideIndexedDb();

const NAME = "former";
const frame = { type: "chat", payload: { id: "a", message: "Not sent yet" } } as const;
const refusal = { code: "message_empty", message: "Empty.", temporary: false } as const;
const failed = { type: "chat", payload: { id: "b", message: "" } } as const;
const people = { self: ANNA, members: [ANNA], count: 1 };

/**
 * The database as released versions wrote it, field by field. Never change what is written here.
 */
async function writeFormerRecords(): Promise<void> {
  const opening = indexedDB.open(NAME, 1);
  opening.addEventListener("upgradeneeded", () => {
    const database = opening.result;
    const outbox = database.createObjectStore("outbox", { keyPath: "order", autoIncrement: true });
    outbox.createIndex("entry", ["roomId", "id"], { unique: true });
    database.createObjectStore("rooms", { keyPath: "roomId" }).createIndex("at", "at");
  });
  const database = await resultOf(opening);
  const work = database.transaction(["outbox", "rooms"], "readwrite");
  const outbox = work.objectStore("outbox");
  await resultOf(outbox.put({ id: "a", frame, at: 1, roomId: "lobby" }));
  await resultOf(outbox.put({ id: "b", frame: failed, at: 2, refusal, roomId: "lobby" }));
  const room = { epoch: "epoch-1", seq: 9, entries: chats(8, 9), truncatedBefore: 5, people };
  await resultOf(work.objectStore("rooms").put({ ...room, roomId: "lobby", at: 3 }));
  database.close();
}

function resultOf<Result>(request: IDBRequest<Result>): Promise<Result> {
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  request.addEventListener("success", () => resolve(request.result));
  request.addEventListener("error", () => reject(request.error ?? new Error("No reason given.")));
  return promise;
}

describe("what an earlier version stored", () => {
  afterEach(() => void indexedDB.deleteDatabase(NAME));

  it("[D5] is sent: no pending message is lost, nor its refusal", async () => {
    await writeFormerRecords();
    const { outbox } = browserRoomStorage(NAME);
    expect(await outbox.load("lobby")).toEqual([
      { id: "a", frame, at: 1 },
      { id: "b", frame: failed, at: 2, refusal },
    ]);
    await outbox.put("lobby", { id: "a", frame, at: 1, refusal });
    expect((await outbox.load("lobby")).map(({ id }) => id)).toEqual(["a", "b"]);
  });

  it("is shown: the room opens from the cache", async () => {
    await writeFormerRecords();
    const { cache } = browserRoomStorage(NAME);
    expect(await cache.load("lobby")).toEqual({
      epoch: "epoch-1",
      seq: 9,
      entries: chats(8, 9),
      truncatedBefore: 5,
      people,
    });
  });

  it("keeps the names of the lock and of the database, which tabs of both versions share", async () => {
    const { sendLock } = browserRoomStorage(NAME);
    const { promise, resolve } = Promise.withResolvers<void>();
    const claim = sendLock("shared", { acquired: resolve, lost: () => undefined });
    await promise;
    const { held = [] } = await navigator.locks.query();
    expect(held.map(({ name }) => name)).toContain("parley-outbox:shared");
    const databases = await indexedDB.databases();
    expect(databases).toContainEqual({ name: NAME, version: 1 });
    claim.release();
  });
});
