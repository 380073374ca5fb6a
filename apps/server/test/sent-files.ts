import { randomUUID } from "node:crypto";
import type { FileInfo } from "@parley/protocol";
import { vi } from "vitest";
import { MemoryFiles } from "../src/backends/memory/files.ts";
import { MemoryLog } from "../src/backends/memory/log.ts";
import { MemoryShelf } from "../src/backends/memory/shelf.ts";
import { readConfig } from "../src/config.ts";
import { fileIdOf } from "../src/files/file-ids.ts";
import { listed } from "../src/files/file-store.contract.ts";
import { PLACE_ID } from "../src/files/place.ts";
import { FileService } from "../src/files/service.ts";
import { Sweeper } from "../src/files/sweeper.ts";
import { withFiles } from "../src/files/with-files.ts";
import { Addresses } from "../src/limits/addresses.ts";
import type { Draft, RoomLog } from "../src/log/log.ts";
import { FakeTime } from "./fake-time.ts";
import { newFileId, someBytes } from "./file-requests.ts";

/** Whose files they are. */
export const OWNER = { logId: "123", author: "ada" };
export const FACTS = { name: "cat.png", type: "image/png", size: 5 };

/** Lets time pass. The clock is a test's own. */
export const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);

/** A server's files, over what servers share. */
export function serve(store: MemoryFiles, shelf: MemoryShelf, backing: RoomLog) {
  const { timers } = new FakeTime();
  const failures: unknown[] = [];
  const others = vi.fn<() => void>();
  const deleted = vi.fn<(files: number) => void>();
  const { rates } = readConfig({ LIMITS: "off" });
  const deps = {
    shelf,
    timers,
    now: Date.now,
    onOthers: others,
    onDeleted: deleted,
    onFailure: failures.push,
  };
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
  return { files, sweeper, put, append, say, others, deleted, failures };
}

/** Files of one server, in memory. */
export function open(log: RoomLog = new MemoryLog()) {
  const store = new MemoryFiles();
  const shelf = new MemoryShelf();
  return { store, shelf, log, ...serve(store, shelf, log) };
}

/** The files that a store has a part of. */
export const stored = async (store: MemoryFiles) =>
  (await listed(store)).filter((id) => id !== PLACE_ID).map(fileIdOf);
