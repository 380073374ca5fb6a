import { until } from "@parley/testkit";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { open, pass, stored } from "../../test/sent-files.ts";
import { MemoryLog } from "../backends/memory/log.ts";
import { LogUnavailable } from "../log/log.ts";

const AN_HOUR_MS = 3_600_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
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

describe("two deletions of one message at the same time", () => {
  const deletionOf = (id: string) =>
    ({ type: "deleted", target: "one", targetSeq: 1, id }) as const;

  /** The log keeps the first entry from now on until it is told to go on with it. */
  function holdNextAppend(log: MemoryLog) {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const append = log.append.bind(log);
    const held = vi.spyOn(log, "append").mockImplementationOnce(async (...entry) => {
      if (await promise) return append(...entry);
      throw new LogUnavailable("away");
    });
    return { held, goOn: () => resolve(true), fail: () => resolve(false) };
  }

  it("[B4] revoke the file with the one that is taken, also if the other noted itself in between", async () => {
    const log = new MemoryLog();
    const { files, put, say, append } = open(log);
    const file = await put();
    await say(file, "one");
    const { held, fail } = holdNextAppend(log);
    const failed = append(deletionOf("gone"));
    await until(() => expect(held).toHaveBeenCalled());
    const found = await files.manifests.get(file.id);
    const noted = JSON.stringify({ ...found?.manifest, deletion: undefined });
    // What the second deletion reads first is from before the first one noted itself.
    const earlier = { manifest: JSON.parse(noted) as never, text: noted };
    vi.spyOn(files.manifests, "get").mockResolvedValueOnce(earlier);
    expect(await append(deletionOf("away"))).toMatchObject({ is: "new" });
    expect(await files.manifests.get(file.id)).toBeUndefined();
    fail();
    await expect(failed).rejects.toThrow(LogUnavailable);
  });

  it("[B4] note the one that the log is asked for, so that a sweep finishes it after a crash", async () => {
    const { store, files, sweeper, put, say, append } = open();
    const file = await put();
    await say(file, "one");
    const change = files.manifests.change.bind(files.manifests);
    vi.spyOn(files.manifests, "change").mockImplementationOnce(async (id, kept, changes) => {
      await change(id, kept, { deletion: "never" });
      return change(id, kept, changes);
    });
    const remove = vi.spyOn(files.manifests, "remove");
    remove.mockReturnValueOnce(new Promise(() => {}));
    void append(deletionOf("gone"));
    await until(() => expect(remove).toHaveBeenCalled());
    expect((await files.manifests.get(file.id))?.manifest.deletion).toBe("gone");
    await sweeper.look();
    expect(await stored(store)).toEqual([]);
  });

  it("[B4] revoke the file if the other notes itself while the first one revokes it", async () => {
    const { files, put, say, append } = open();
    const file = await put();
    await say(file, "one");
    const remove = files.manifests.remove.bind(files.manifests);
    vi.spyOn(files.manifests, "remove").mockImplementationOnce(async (id, kept) => {
      await files.manifests.change(id, kept, { deletion: "never" });
      return remove(id, kept);
    });
    await append(deletionOf("gone"));
    expect(await files.manifests.get(file.id)).toBeUndefined();
  });

  it("[B4] revoke nothing of a later message with the id of a trimmed one", async () => {
    const log = new MemoryLog(3);
    const { files, put, say, append } = open(log);
    await append({ type: "chat", message: "text", id: "one" });
    await append({ type: "chat", message: "text" });
    await append(deletionOf("gone"));
    await append({ type: "chat", message: "text" });
    const file = await put();
    await say(file, "one");
    expect(await append(deletionOf("gone"))).toMatchObject({ is: "repeat" });
    expect((await files.manifests.get(file.id))?.manifest.message).toBe("one");
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
