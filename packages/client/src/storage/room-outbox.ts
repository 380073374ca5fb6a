import type { Cancel, Clock } from "../clock.ts";
import type { Outbox, OutboxRecord } from "./outbox.ts";
import { reportUnlessRefused } from "./storage-failure.ts";

/** How long an answer of the outbox is waited for, in ms. */
const OUTBOX_WAIT_MS = 3_000;

/** All records of the room; undefined if they are not known. */
export type OutboxRecords = readonly OutboxRecord[] | undefined;

/**
 * A room's outbox as a session uses it: it may fail or hang, and nothing waits for it or is lost.
 */
export interface RoomOutbox {
  /**
   * Calls back with the records of the outbox. Without an answer in time it calls back with
   * undefined, and again if the answer comes late.
   */
  load(done: (records: OutboxRecords) => void): void;
  /**
   * Calls back once it is stored, has failed, or takes too long; a late answer calls again.
   * @param failed called before that if the outbox does not keep the record
   */
  put(record: OutboxRecord, done: (records: OutboxRecords) => void, failed: () => void): void;
  remove(id: string): void;
  /** Calls back whenever another tab changed the outbox. */
  watch(changed: () => void): Cancel;
}

/** Limits the waits for a room's outbox, and keeps in memory what it fails to store. */
export function roomOutbox(outbox: Outbox, roomId: string, clock: Clock): RoomOutbox {
  /** What the outbox has not stored, or not yet. */
  const unstored = new Map<string, OutboxRecord>();
  /** What was removed, with the number of the last query before it. */
  const removed = new Map<string, number>();
  let lastQuery = 0;
  let lastTold = 0;

  /** All records, those of the outbox and those kept here. */
  const merge = (held: readonly OutboxRecord[], query: number): readonly OutboxRecord[] => {
    const ids = new Set(held.map(({ id }) => id));
    for (const [id, before] of removed) if (before < query && !ids.has(id)) removed.delete(id);
    const left = held.filter(({ id }) => !removed.has(id));
    const late = [...unstored.values()].filter(({ id }) => !ids.has(id));
    return [...left.map((record) => unstored.get(record.id) ?? record), ...late];
  };
  const answer = (
    query: number,
    work: Promise<OutboxRecords>,
    done: (records: OutboxRecords) => void,
  ) => {
    const tell = (records: OutboxRecords) => {
      // The answer to an earlier query does not include what was stored since.
      const isNews = query >= lastTold;
      lastTold = Math.max(lastTold, query);
      done(isNews && records ? merge(records, query) : undefined);
    };
    const cancel = clock.after(OUTBOX_WAIT_MS, () => tell(undefined));
    void work.then((records) => {
      cancel();
      tell(records);
    });
  };
  const load = () => unlessItFails(() => outbox.load(roomId));

  return {
    load: (done) => answer((lastQuery += 1), load(), done),
    put(record, done, failed) {
      const query = (lastQuery += 1);
      unstored.set(record.id, record);
      removed.delete(record.id);
      const put = unlessItFails(async () => {
        await outbox.put(roomId, record);
        lastTold = Math.max(lastTold, query);
        if (unstored.get(record.id) === record) unstored.delete(record.id);
      }, failed);
      // Records that another tab wrote earlier come first; this read includes them.
      const records = load();
      answer(
        query,
        put.then(() => records),
        done,
      );
    },
    remove(id) {
      unstored.delete(id);
      removed.set(id, lastQuery);
      void unlessItFails(() => outbox.remove(roomId, id));
    },
    watch: (changed) => outbox.watch(roomId, changed),
  };
}

/**
 * Handles a rejection of the port: the outbox does not have the record, and memory does (see {@link
 * Outbox}). The call itself is made at once, because a page that is closing may not run later code.
 */
function unlessItFails<Value>(
  call: () => Promise<Value>,
  failed?: () => void,
): Promise<Value | undefined> {
  return call().catch((error: unknown) => {
    failed?.();
    return reportUnlessRefused(error);
  });
}
