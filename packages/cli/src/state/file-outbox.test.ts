import { mkdirSync, readFileSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import { outboxContract } from "@parley/client/outbox.contract";
import { until } from "@parley/testkit";
import { makeTemporaryFolder } from "@parley/testkit/temporary-folder";
import { describe, expect, it, vi } from "vitest";
import { fileOutbox } from "./file-outbox.ts";

vi.mock("node:fs", { spy: true });

outboxContract("the outbox in files", async () => fileOutbox(await makeTemporaryFolder("outbox")));

const written = (id: string) => ({
  id,
  frame: { type: "chat", payload: { id, message: id } } as const,
  at: 1,
});

describe("an outbox in files", () => {
  it("[D5] is one list for all processes, and notifies them of changes", async () => {
    const folder = await makeTemporaryFolder("outbox");
    const [one, other] = [fileOutbox(folder), fileOutbox(folder)];
    const changed = vi.fn<() => void>();
    const stop = other.watch("lobby", changed);
    await one.put("lobby", written("b"));
    await other.put("lobby", written("a"));
    expect(await one.load("lobby")).toEqual([written("b"), written("a")]);
    await until(() => expect(changed).toHaveBeenCalled());
    stop();
  });

  it("goes on without being told of changes if its folder cannot be made or watched", async () => {
    const folder = await makeTemporaryFolder("outbox");
    writeFileSync(join(folder, "file"), "");
    const unmade = fileOutbox(join(folder, "file"));
    expect(() => unmade.watch("lobby", () => undefined)()).not.toThrow();
    vi.mocked(watch).mockImplementationOnce(() => {
      throw Object.assign(new Error("No more watches."), { code: "ENOSPC", syscall: "watch" });
    });
    const unwatched = fileOutbox(folder);
    expect(() => unwatched.watch("lobby", () => undefined)()).not.toThrow();
  });

  it("reads each record once, however many there are", async () => {
    const outbox = fileOutbox(await makeTemporaryFolder("outbox"));
    vi.mocked(readFileSync).mockClear();
    for (let count = 1; count <= 40; count += 1) {
      await outbox.put("lobby", written(`m${count}`));
      expect(await outbox.load("lobby")).toHaveLength(count);
    }
    for (let count = 1; count <= 40; count += 1) await outbox.remove("lobby", `m${count}`);
    expect(vi.mocked(readFileSync).mock.calls).toHaveLength(40);
  });

  it("notices what another process changed", async () => {
    const folder = await makeTemporaryFolder("outbox");
    const [one, other] = [fileOutbox(folder), fileOutbox(folder)];
    await one.put("lobby", written("a"));
    await other.load("lobby");
    const changed = { ...written("a"), at: 2 };
    await one.put("lobby", changed);
    expect(await other.load("lobby")).toEqual([changed]);
    await one.remove("lobby", "a");
    expect(await other.load("lobby")).toEqual([]);
  });

  it("keeps ids that no file can be named by", async () => {
    const outbox = fileOutbox(await makeTemporaryFolder("outbox"));
    const all = ["../../a", ".", "A", "a", "ü".repeat(300)].map(written);
    for (const record of all) await outbox.put("lobby", record);
    expect(await outbox.load("lobby")).toEqual(all);
  });

  it("[D5] reads, replaces and removes the records of the former version, before new ones", async () => {
    const folder = await makeTemporaryFolder("outbox");
    mkdirSync(join(folder, "lobby"));
    for (const [at, id] of ["a", "b"].entries()) {
      const file = join(folder, "lobby", `00000000000${at + 1}.json`);
      writeFileSync(file, JSON.stringify(written(id)));
    }
    const outbox = fileOutbox(folder);
    await outbox.put("lobby", written("c"));
    const changed = { ...written("b"), at: 2 };
    await outbox.put("lobby", changed);
    expect(await outbox.load("lobby")).toEqual([written("a"), changed, written("c")]);
    await outbox.remove("lobby", "a");
    expect(await outbox.load("lobby")).toEqual([changed, written("c")]);
  });
});
