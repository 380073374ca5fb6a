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
