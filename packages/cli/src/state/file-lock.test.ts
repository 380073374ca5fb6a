import { spawnSync } from "node:child_process";
import { mkdir, readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { until } from "@parley/testkit";
import { makeTemporaryFolder } from "@parley/testkit/temporary-folder";
import { describe, expect, it, vi } from "vitest";
import { fileSendLock } from "./file-lock.ts";

const listener = () => ({ acquired: vi.fn<() => void>(), lost: vi.fn<() => void>() });

describe("the file lock of an outbox", () => {
  it("is held by one process at a time, and passes on", async () => {
    const lock = fileSendLock(await makeTemporaryFolder("lock"));
    const [first, second] = [listener(), listener()];
    const claim = lock("lobby", first);
    await until(() => expect(first.acquired).toHaveBeenCalledOnce());
    const next = lock("lobby", second);
    claim.release();
    await until(() => expect(second.acquired).toHaveBeenCalledOnce());
    next.release();
  });

  it.each([
    ["has ended", async () => `${spawnSync(process.execPath, ["--version"]).pid}`, 0],
    ["stands still", async () => `${process.ppid}`, 60],
  ])("is taken over from a process that %s", async (_, holder, seconds) => {
    const folder = await makeTemporaryFolder("lock");
    const file = join(folder, "lobby", "lock");
    await mkdir(join(folder, "lobby"));
    await writeFile(file, await holder());
    const seen = Date.now() / 1_000 - seconds;
    await utimes(file, seen, seen);
    const heir = listener();
    const claim = fileSendLock(folder)("lobby", heir);
    await until(() => expect(heir.acquired).toHaveBeenCalledOnce());
    expect(await readFile(file, "utf8")).toBe(`${process.pid}`);
    claim.release();
  });
});
