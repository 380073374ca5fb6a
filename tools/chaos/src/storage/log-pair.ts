import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { unreachable, type EntryFrame } from "@parley/protocol";
import { LogUnavailable, type Appended } from "@parley/server/log";
import { SqliteLog } from "@parley/server/backends/sqlite";
import fc from "fast-check";
import { pause } from "@parley/testkit/waiting";
import { makeTemporaryFolder } from "@parley/testkit/temporary-folder";
import { copyCrashImage } from "./crash-image.ts";
import { ModelStore, roomOf } from "./model-store.ts";
import { range, roomId, ROOMS, writes, type Write } from "./schedules.ts";

/** Words of 5 bytes that do not fit in any page of 4 KiB. */
const LONGER_THAN_A_PAGE = 1_600;
const ALL = { after: 0, limit: 1_000 };

/** The steps of a log. */
export const logStep = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("write" as const), writes }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("read" as const), roomId, range }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("full" as const), writes }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("restart" as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("crash" as const),
      answered: writes,
      underWay: writes,
      afterMs: fc.integer({ min: 0, max: 4 }),
    }),
  },
);

type Step = typeof logStep extends fc.Arbitrary<infer Value> ? Value : never;

function open(dataDir: string): Promise<SqliteLog> {
  const retention = { entries: Infinity, ageMs: Infinity };
  return SqliteLog.open({ dataDir, retention, faults: {} });
}

/** A real log beside its model. */
export class LogPair {
  #dataDir: string;
  #log: SqliteLog;
  #model = new ModelStore();
  /** The entries that followers received, by room. */
  #told = new Map<string, EntryFrame[]>();
  readonly #used: string[];

  private constructor(dataDir: string, log: SqliteLog) {
    this.#dataDir = dataDir;
    this.#used = [dataDir];
    this.#log = log;
  }

  static async start(): Promise<LogPair> {
    const dataDir = await makeTemporaryFolder("store");
    const pair = new LogPair(dataDir, await open(dataDir));
    await pair.#follow();
    return pair;
  }

  async take(step: Step): Promise<void> {
    switch (step.do) {
      case "write":
        return this.#write(step.writes);
      case "read": {
        const page = await this.#log.read(step.roomId, step.range);
        return assert.deepEqual(roomOf(page), this.#model.read(step.roomId, step.range));
      }
      case "full":
        return this.#fill(step.writes);
      case "restart":
        await this.#log.close();
        return this.#moveTo(this.#dataDir);
      case "crash":
        return this.#crash(step);
      default:
        return unreachable(step);
    }
  }

  /** Checks that everything stored is what the model has. */
  async check(): Promise<void> {
    for (const roomId of ROOMS) {
      const page = await this.#log.read(roomId, ALL);
      assert.deepEqual(roomOf(page), this.#model.read(roomId, ALL));
    }
  }

  async end(): Promise<void> {
    await this.#log.close();
    for (const dataDir of this.#used) await rm(dataDir, { recursive: true });
  }

  /**
   * Writes all at once: the numbers follow the order of the calls, and followers get each new entry
   * once.
   */
  async #write(writes: readonly Write[]): Promise<void> {
    this.#told.clear();
    const outcomes = await Promise.all(
      writes.map(({ roomId, draft }) => this.#log.append(roomId, draft)),
    );
    const expected = this.#expect(writes);
    assert.deepEqual(outcomes, expected);
    for (const roomId of ROOMS) {
      const fresh = expected.filter((_, index) => writes[index]?.roomId === roomId);
      const entries = fresh.flatMap((each) => (each.is === "new" ? [each.entry] : []));
      assert.deepEqual(this.#told.get(roomId) ?? [], entries);
    }
  }

  #expect(writes: readonly Write[]): Appended[] {
    return writes.map(({ roomId, draft }) => {
      const { store, appended } = this.#model.append(roomId, draft);
      this.#model = store;
      return appended;
    });
  }

  /** No free page is left: what needs one is refused for now, and nothing changes. */
  async #fill(writes: readonly Write[]): Promise<void> {
    this.#log.injectFaults({ maxPages: 1 });
    const long = writes.map(({ roomId, draft }, index): Write => {
      const id = `long-${index}`;
      const payload = {
        id,
        message: "long ".repeat(LONGER_THAN_A_PAGE),
        at: 1,
        from: draft.payload.from,
      };
      return { roomId, draft: { type: "chat", payload } };
    });
    const refused = long.map(({ roomId, draft }) => {
      return assert.rejects(this.#log.append(roomId, draft), LogUnavailable);
    });
    await Promise.all(refused);
    this.#log.injectFaults({});
    await this.check();
  }

  /** The process ends while it writes: answered entries are stored, the others may be. */
  async #crash({ answered, underWay, afterMs }: Extract<Step, { do: "crash" }>): Promise<void> {
    const image = await makeTemporaryFolder("store");
    this.#used.push(image);
    const append = ({ roomId, draft }: Write) => this.#log.append(roomId, draft);
    await Promise.all(answered.map(append));
    const writing = underWay.map(append);
    await pause(afterMs);
    copyCrashImage(this.#dataDir, image);
    await Promise.all(writing);
    await this.#log.close();
    await this.#moveTo(image);
    await this.#agree([...answered, ...underWay], answered.length);
  }

  /**
   * After a crash, the stored entries are those of the writes up to some point, not before
   * `surely`.
   */
  async #agree(writes: readonly Write[], surely: number): Promise<void> {
    const pages = await Promise.all(ROOMS.map((roomId) => this.#log.read(roomId, ALL)));
    for (let reached = surely; reached <= writes.length; reached += 1) {
      const before = this.#model;
      this.#expect(writes.slice(0, reached));
      const model = this.#model;
      const isThis = ROOMS.every((roomId, index) => {
        return pages[index]?.head === model.read(roomId, ALL).head;
      });
      if (isThis) return this.check();
      this.#model = before;
    }
    throw new Error(`after ${surely} answers the log is at none of the places where it could be`);
  }

  async #moveTo(dataDir: string): Promise<void> {
    this.#dataDir = dataDir;
    this.#log = await open(dataDir);
    await this.#follow();
  }

  async #follow(): Promise<void> {
    for (const roomId of ROOMS) {
      await this.#log.follow(roomId, (entry) => {
        this.#told.set(roomId, [...(this.#told.get(roomId) ?? []), entry]);
      });
    }
  }
}
