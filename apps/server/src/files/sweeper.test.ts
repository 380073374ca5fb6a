import { until } from "@parley/testkit";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { newFileId, someBytes } from "../../test/file-requests.ts";
import { FACTS, open, OWNER, pass, serve, stored } from "../../test/sent-files.ts";
import { MemoryLog } from "../backends/memory/log.ts";
import { MemoryShelf } from "../backends/memory/shelf.ts";
import { LogUnavailable, StorageFull } from "../log/log.ts";
import { listed } from "./file-store.contract.ts";
import { FilesUnavailable } from "./file-store.ts";

const A_DAY_MS = 86_400_000;
const AN_HOUR_MS = 3_600_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A shelf has nothing for a while, like a Redis that was started on an empty volume. */
function lose(shelf: MemoryShelf): { giveBack(): void } {
  const empty = new MemoryShelf();
  const spies = [
    vi.spyOn(shelf, "get").mockImplementation(empty.get.bind(empty)),
    vi.spyOn(shelf, "put").mockImplementation(empty.put.bind(empty)),
  ];
  return {
    giveBack() {
      for (const spy of spies) spy.mockRestore();
    },
  };
}

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

  it("removes nothing while its shelf has lost everything, and goes on once that is back", async () => {
    const { store, shelf, sweeper, put, say, others, deleted } = open();
    const sent = await put();
    await say(sent, "one");
    await put();
    await sweeper.look();
    const { giveBack } = lose(shelf);
    await sweeper.look();
    expect(others).toHaveBeenCalledOnce();
    expect(await stored(store)).toHaveLength(2);
    giveBack();
    expect(deleted).not.toHaveBeenCalled();
    pass(A_DAY_MS + 1);
    await sweeper.look();
    expect(await stored(store)).toEqual([sent.id]);
    expect(deleted).toHaveBeenCalledWith(1);
  });

  it("removes nothing once its shelf loses everything in the middle of it", async () => {
    const { store, shelf, files, sweeper, put, say, deleted } = open();
    for (const message of ["one", "two"]) await say(await put(), message);
    const get = files.manifests.get.bind(files.manifests);
    vi.spyOn(files.manifests, "get").mockImplementationOnce((id) => {
      lose(shelf);
      return get(id);
    });
    await sweeper.look();
    expect(await stored(store)).toHaveLength(2);
    expect(deleted).not.toHaveBeenCalled();
  });

  it("says how many files it has removed, also if it could not go on", async () => {
    const { store, sweeper, put, deleted } = open();
    await put();
    await put();
    pass(A_DAY_MS + 1);
    const remove = store.delete.bind(store);
    const removing = vi.spyOn(store, "delete").mockImplementationOnce(remove);
    removing.mockRejectedValueOnce(new FilesUnavailable("away"));
    await expect(sweeper.look()).rejects.toThrow(LogUnavailable);
    expect(deleted.mock.calls).toEqual([[1]]);
    pass(AN_HOUR_MS);
    await sweeper.look();
    expect(deleted.mock.calls).toEqual([[1], [1]]);
    pass(AN_HOUR_MS);
    await sweeper.look();
    expect(deleted).toHaveBeenCalledTimes(2);
  });
});
