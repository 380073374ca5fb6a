import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import type { DatabaseSync } from "node:sqlite";
import { unreachable } from "@parley/protocol";
import type { WriteBufferLimits } from "@parley/server/backends/sqlite/write-buffer";
import { openDatabase } from "@parley/server/backends/sqlite/schema";
import { SqliteStore } from "@parley/server/backends/sqlite/store";
import fc from "fast-check";
import { makeTemporaryFolder } from "@parley/testkit/temporary-folder";
import { copyCrashImage } from "./crash-image.ts";
import { ModelStore, roomOf } from "./model-store.ts";
import { range, roomId, ROOMS, target, trimming, writes, type Write } from "./schedules.ts";

const ALL = { after: 0, limit: 1_000 };

/** The steps of a store. */
export const storeStep = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("write" as const), writes }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("fail" as const), writes }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("crash" as const), writes }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("reopen" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("read" as const), roomId, range }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("find" as const), roomId, target }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("trim" as const), roomId, trimming }) },
);

/** A small write buffer, so that entries are flushed often. */
export const freshLimits = fc.record({
  aRoom: fc.integer({ min: 1, max: 12 }),
  inAll: fc.integer({ min: 1, max: 20 }),
  chars: fc.integer({ min: 20, max: 2_000 }),
});

type Step = typeof storeStep extends fc.Arbitrary<infer Value> ? Value : never;

/** A real store beside its model; both must give the same answers. */
export class StorePair {
  #dataDir: string;
  #db: DatabaseSync;
  #store: SqliteStore;
  #model = new ModelStore();
  readonly #used: string[];
  readonly #limits: WriteBufferLimits;

  constructor(dataDir: string, limits: WriteBufferLimits) {
    this.#dataDir = dataDir;
    this.#used = [dataDir];
    this.#limits = limits;
    this.#db = openDatabase(dataDir);
    this.#store = new SqliteStore(this.#db, limits);
  }

  async take(step: Step): Promise<void> {
    switch (step.do) {
      case "write":
        return this.#write(step.writes);
      case "fail":
        return this.#fail(step.writes, () => {});
      case "crash": {
        const image = await makeTemporaryFolder("store");
        this.#used.push(image);
        this.#fail(step.writes, () => copyCrashImage(this.#dataDir, image));
        return this.#moveTo(image);
      }
      case "reopen":
        return this.#moveTo(this.#dataDir);
      case "read": {
        const page = this.#store.read(step.roomId, step.range);
        return assert.deepEqual(roomOf(page), this.#model.read(step.roomId, step.range));
      }
      case "find": {
        const { id, author } = step.target;
        const wanted = author === undefined ? { id } : { id, author };
        const found = this.#store.find(step.roomId, wanted);
        return assert.deepEqual(found, this.#model.find(step.roomId, id, author));
      }
      case "trim": {
        const { keep, since, limit } = step.trimming;
        const { store, gone } = this.#model.trim(step.roomId, keep, since, limit);
        this.#model = store;
        const trim = () => this.#store.trim(step.roomId, keep, since, limit);
        return assert.equal(this.#store.transaction(trim), gone);
      }
      default:
        return unreachable(step);
    }
  }

  /** Checks that the stored entries are exactly those of the model. */
  check(): void {
    for (const roomId of ROOMS) {
      assert.deepEqual(roomOf(this.#store.read(roomId, ALL)), this.#model.read(roomId, ALL));
    }
  }

  async end(): Promise<void> {
    this.#db.close();
    for (const dataDir of this.#used) await rm(dataDir, { recursive: true });
  }

  #write(writes: readonly Write[]): void {
    const outcomes = this.#store.transaction(() => {
      return writes.map(({ roomId, draft }) => this.#store.append(roomId, draft));
    });
    for (const [index, { roomId, draft }] of writes.entries()) {
      const { store, appended } = this.#model.append(roomId, draft);
      this.#model = store;
      const { is } = appended;
      const expected = is === "new" ? { is, seq: appended.entry.payload.seq } : appended;
      assert.deepEqual(outcomes[index], expected);
    }
  }

  /** Writes, and breaks off before the end: nothing of it may stay. */
  #fail(writes: readonly Write[], before: () => void): void {
    const transaction = () =>
      this.#store.transaction(() => {
        for (const { roomId, draft } of writes) this.#store.append(roomId, draft);
        before();
        throw new Error("broken off");
      });
    assert.throws(transaction, /broken off/);
  }

  #moveTo(dataDir: string): void {
    this.#db.close();
    this.#dataDir = dataDir;
    this.#db = openDatabase(dataDir);
    this.#store = new SqliteStore(this.#db, this.#limits);
  }
}
