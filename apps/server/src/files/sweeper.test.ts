import { randomUUID } from "node:crypto";
import type { FileInfo } from "@parley/protocol";
import { until } from "@parley/testkit";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeTime } from "../../test/fake-time.ts";
import { newFileId, someBytes } from "../../test/file-requests.ts";
import { MemoryFiles } from "../backends/memory/files.ts";
import { MemoryLog } from "../backends/memory/log.ts";
import { MemoryShelf } from "../backends/memory/shelf.ts";
import { readConfig } from "../config.ts";
import { Addresses } from "../limits/addresses.ts";
import { LogUnavailable, StorageFull, type Draft, type RoomLog } from "../log/log.ts";
import { fileIdOf } from "./file-ids.ts";
import { listed } from "./file-store.contract.ts";
import { PLACE_ID } from "./place.ts";
import { FileService } from "./service.ts";
import { Sweeper } from "./sweeper.ts";
import { withFiles } from "./with-files.ts";

const A_DAY_MS = 86_400_000;
const AN_HOUR_MS = 3_600_000;
const OWNER = { logId: "123", author: "ada" };
const FACTS = { name: "cat.png", type: "image/png", size: 5 };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);

/** A server's files, over what servers share. */
function serve(store: MemoryFiles, shelf: MemoryShelf, backing: RoomLog) {
  const { timers } = new FakeTime();
  const failures: unknown[] = [];
  const others = vi.fn<() => void>();
  const { rates } = readConfig({ LIMITS: "off" });
  const deps = { shelf, timers, now: Date.now, onOthers: others, onFailure: failures.push };
  const files = new FileService(store, {
    ...deps,
    rates,
    addresses: new Addresses(rates, Date.now),
    maxBytes: 1_000,
    totalBytes: Infinity,
  });
  const log = withFiles(backing, files, (error) => failures.push(error));
  const sweeper = new Sweeper(files, { ...deps, log });

  /** Stores a file of 5 bytes. */
  async function put(id = newFileId()): Promise<FileInfo> {
    await files.uploads.begin(id, OWNER, FACTS, { address: "192.0.2.1" });
    await files.uploads.put(id, await files.uploads.find(id, OWNER), 0, someBytes(5));
    return { id, ...FACTS };
  }
  function append(draft: { type: Draft["type"] } & Record<string, unknown>) {
    const { type, ...payload } = draft;
    const from = { id: "ada", name: "Ada" };
    const whole = { type, payload: { id: randomUUID(), at: Date.now(), from, ...payload } };
    return log.append("123", whole as Draft);
  }
  const say = (file: FileInfo, id: string) =>
    append({ type: "chat", message: "cat", files: [file], id });
  return { files, sweeper, put, append, say, others, failures };
}

function open(log: RoomLog = new MemoryLog()) {
  const store = new MemoryFiles();
  const shelf = new MemoryShelf();
  return { store, shelf, log, ...serve(store, shelf, log) };
}

/** The files that a store has a part of. */
const stored = async (store: MemoryFiles) =>
  (await listed(store)).filter((id) => id !== PLACE_ID).map(fileIdOf);

describe("a sweep", () => {
  it("removes files that were not sent within a day, and keeps those that were", async () => {
    const { store, sweeper, put, say } = open();
    const sent = await put();
    await say(sent, "one");
    await put();
    pass(A_DAY_MS - 1);
    await sweeper.look();
    expect(await stored(store)).toHaveLength(2);
    pass(AN_HOUR_MS);
    await sweeper.look();
    expect(await stored(store)).toEqual([sent.id]);
    pass(30 * A_DAY_MS);
    await sweeper.look();
    expect(await stored(store)).toEqual([sent.id]);
  });

  it("[B4] removes files whose message was trimmed, or whose log is another one, within an hour", async () => {
    const log = new MemoryLog(2);
    const { store, sweeper, put, append, say } = open(log);
    const [first, second] = [await put(), await put()];
    await say(first, "one");
    await say(second, "two");
    pass(AN_HOUR_MS);
    await sweeper.look();
    expect(await stored(store)).toHaveLength(2);
    await append({ type: "chat", message: "three" });
    pass(AN_HOUR_MS);
    await sweeper.look();
    expect(await stored(store)).toEqual([second.id]);
  });

  it("keeps what is marked for a while: its message may be on its way", async () => {
    const { store, files, sweeper, put } = open();
    const { id } = await put();
    const kept = await files.uploads.find(id, OWNER);
    await files.manifests.change(id, kept, { message: "one", markedAt: Date.now() });
    await sweeper.look();
    expect(await stored(store)).toEqual([id]);
    pass(AN_HOUR_MS);
    await sweeper.look();
    expect(await stored(store)).toEqual([]);
  });

  it("finishes a deletion that a crash broke off", async () => {
    const { store, shelf, log, sweeper, put, say } = open();
    const file = await put();
    await say(file, "one");
    const broken = serve(store, shelf, log);
    const remove = vi.spyOn(broken.files.manifests, "remove");
    remove.mockReturnValue(new Promise(() => {}));
    void broken.append({ type: "deleted", target: "one", targetSeq: 1 });
    await until(() => expect(remove).toHaveBeenCalled());
    expect(await stored(store)).toEqual([file.id]);
    await sweeper.look();
    expect(await stored(store)).toEqual([]);
  });

  it("[B1] removes what an earlier file of an id left, and nothing of one begun meanwhile", async () => {
    const { store, files, sweeper, put } = open();
    const { id } = await put();
    pass(A_DAY_MS + 1);
    const { promise: begun, resolve: goOn } = Promise.withResolvers<void>();
    const get = files.manifests.get.bind(files.manifests);
    const looking = vi.spyOn(files.manifests, "get").mockImplementationOnce(async (asked) => {
      const kept = await get(asked);
      await begun;
      return kept;
    });
    const swept = sweeper.look();
    await until(() => expect(looking).toHaveBeenCalled());
    await put(id);
    goOn();
    await swept;
    expect(await stored(store)).toEqual([id]);
    const has = await files.uploads.begin(id, OWNER, FACTS, { address: "192.0.2.1" });
    expect(has).toEqual({ isNew: false, missing: [] });
  });

  it("keeps a file that was stored before uploads had a name", async () => {
    const { store, files, sweeper, say } = open();
    const id = newFileId();
    await files.manifests.begin(id, { ...OWNER, ...FACTS, at: Date.now() });
    await store.put(id, 0, someBytes(5));
    await sweeper.look();
    expect(await say({ id, ...FACTS }, "one")).toMatchObject({ is: "new" });
    expect(await listed(store)).toContain(id);
  });

  it("[B4] keeps the files of a message whose noted deletion deletes another", async () => {
    const { store, files, sweeper, put, append, say } = open();
    await append({ type: "chat", message: "text", id: "one" });
    const { id, ...facts } = await put();
    await say({ id, ...facts }, "two");
    await append({ type: "deleted", target: "one", targetSeq: 1, id: "gone" });
    const kept = await files.uploads.find(id, OWNER);
    await files.manifests.change(id, kept, { deletion: "gone" });
    await sweeper.look();
    expect(await stored(store)).toEqual([id]);
  });

  it("is done by one server at a time, which tells the others how much is stored", async () => {
    const { store, shelf, log, files, sweeper, put } = open();
    await put();
    const other = serve(store, shelf, log);
    await sweeper.look();
    const list = vi.spyOn(store, "list");
    await other.sweeper.look();
    expect(list).not.toHaveBeenCalled();
    expect([files.usage.bytes, other.files.usage.bytes]).toEqual([5, 5]);
    await other.put();
    await other.sweeper.look();
    expect(other.files.usage.bytes).toBe(10);
    pass(AN_HOUR_MS);
    await other.sweeper.look();
    await sweeper.look();
    expect([files.usage.bytes, other.files.usage.bytes]).toEqual([10, 10]);
  });

  it("[B4] is done also if the shelf is too full to note it", async () => {
    const { store, shelf, files, sweeper, put } = open();
    await put();
    await sweeper.look();
    pass(A_DAY_MS + 1);
    vi.spyOn(shelf, "put").mockRejectedValueOnce(new StorageFull("full"));
    await sweeper.look();
    expect(await stored(store)).toEqual([]);
    expect(files.usage.bytes).toBe(0);
  });

  it("removes nothing of a store that is another's", async () => {
    const mine = open();
    await mine.put();
    await mine.sweeper.look();
    const other = serve(mine.store, new MemoryShelf(), new MemoryLog());
    await other.sweeper.look();
    expect(other.others).toHaveBeenCalled();
    expect(await stored(mine.store)).toHaveLength(1);
  });
});

describe("a deletion", () => {
  it("[B4] removes the files of its message at once, and those of no other", async () => {
    const { store, put, say, append, failures } = open();
    const [first, second] = [await put(), await put()];
    await say(first, "one");
    await say(second, "two");
    await append({ type: "deleted", target: "one", targetSeq: 1 });
    await until(async () => expect(await stored(store)).toEqual([second.id]));
    expect(failures).toEqual([]);
  });

  it("leaves the files of a message that stays", async () => {
    const { store, put, say, append } = open();
    const file = await put();
    await say(file, "one");
    const deletion = { type: "deleted", target: "one", targetSeq: 1, id: "one" } as const;
    expect(await append(deletion)).toEqual({ is: "conflict" });
    expect(await stored(store)).toEqual([file.id]);
  });

  it("[B4] changes no file if its id is that of another deletion", async () => {
    const { files, put, say, append } = open();
    const file = await put();
    await append({ type: "chat", message: "text", id: "one" });
    await say(file, "two");
    await append({ type: "deleted", target: "one", targetSeq: 1, id: "gone" });
    const before = await files.manifests.get(file.id);
    const deletion = { type: "deleted", target: "two", targetSeq: 2, id: "gone" } as const;
    expect(await append(deletion)).toEqual({ is: "conflict" });
    expect(await files.manifests.get(file.id)).toEqual(before);
  });
});

describe("a message with a file", () => {
  it("[B2] keeps it if it is sent again after a while, during a sweep", async () => {
    const log = new MemoryLog();
    const find = vi.spyOn(log, "find");
    const { store, sweeper, put, say } = open(log);
    const file = await put();
    vi.spyOn(log, "append").mockRejectedValueOnce(new LogUnavailable("away"));
    await expect(say(file, "one")).rejects.toThrow(LogUnavailable);
    pass(AN_HOUR_MS);
    find.mockClear();
    const { promise: said, resolve: goOn } = Promise.withResolvers<void>();
    find.mockImplementationOnce(async () => {
      await said;
      return undefined;
    });
    const swept = sweeper.look();
    await until(() => expect(find).toHaveBeenCalled());
    expect(await say(file, "one")).toMatchObject({ is: "new" });
    goOn();
    await swept;
    expect(await stored(store)).toEqual([file.id]);
  });

  it("[B4] leaves the file to others if its id is that of another message", async () => {
    const { put, say, append } = open();
    const file = await put();
    await append({ type: "chat", message: "text", id: "one" });
    expect(await say(file, "one")).toEqual({ is: "conflict" });
    expect(await say(file, "two")).toMatchObject({ is: "new" });
  });
});
