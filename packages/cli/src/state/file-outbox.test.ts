import { outboxContract } from "@parley/client/outbox.contract";
import { until } from "@parley/testkit";
import { makeTemporaryFolder } from "@parley/testkit/temporary-folder";
import { describe, expect, it, vi } from "vitest";
import { fileOutbox } from "./file-outbox.ts";

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
});
