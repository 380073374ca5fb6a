import type { Cancel, Clock } from "./clock.ts";
import type { Outbox, Stored } from "./outbox.ts";

/** An outbox that does not answer within this, in ms, is not waited for any longer. */
const OUTBOX_WAIT_MS = 3_000;

/** Everything that is kept for the room; undefined where that is not known. */
export type Kept = readonly Stored[] | undefined;

/** A room's outbox as a session meets it: it may fail or hang, and nothing is held up or lost. */
export interface RoomOutbox {
  /** Calls back with what is kept: at the latest in time without knowing, and again if it comes late. */
  load(done: (kept: Kept) => void): void;
  /** Calls back once it is stored, has failed to be, or takes too long; a late answer calls again. */
  put(stored: Stored, done: (kept: Kept) => void): void;
  remove(id: string): void;
  /** Calls back whenever another tab has changed what is kept. */
  watch(changed: () => void): Cancel;
}

/** Bounds the waits for a room's outbox, and stands in for what it fails to do. */
export function roomOutbox(outbox: Outbox, roomId: string, clock: Clock): RoomOutbox {
  /** What the outbox has not taken, or not yet: it is kept here. */
  const untaken = new Map<string, Stored>();
  /** What was removed, by the number of the question that came before. */
  const removed = new Map<string, number>();
  let asked = 0;
  let told = 0;

  /** What is kept, by the outbox or here. */
  const merge = (kept: readonly Stored[], question: number): readonly Stored[] => {
    const ids = new Set(kept.map(({ id }) => id));
    for (const [id, before] of removed) if (before < question && !ids.has(id)) removed.delete(id);
    const left = kept.filter(({ id }) => !removed.has(id));
    const late = [...untaken.values()].filter(({ id }) => !ids.has(id));
    return [...left.map((stored) => untaken.get(stored.id) ?? stored), ...late];
  };
  const answer = (question: number, work: Promise<Kept>, done: (kept: Kept) => void) => {
    const tell = (kept: Kept) => {
      // The answer to an earlier question knows nothing of what was stored since.
      const isNews = question >= told;
      told = Math.max(told, question);
      done(isNews && kept ? merge(kept, question) : undefined);
    };
    const cancel = clock.after(OUTBOX_WAIT_MS, () => tell(undefined));
    void work.then((kept) => {
      cancel();
      tell(kept);
    });
  };
  const load = () => unlessItFails(() => outbox.load(roomId));

  return {
    load: (done) => answer((asked += 1), load(), done),
    put(stored, done) {
      const question = (asked += 1);
      untaken.set(stored.id, stored);
      removed.delete(stored.id);
      const put = unlessItFails(async () => {
        await outbox.put(roomId, stored);
        told = Math.max(told, question);
        if (untaken.get(stored.id) === stored) untaken.delete(stored.id);
      });
      // What another tab wrote before goes before: it is in what is read now.
      const kept = load();
      const both = put.then(() => kept);
      answer(question, both, done);
    },
    remove(id) {
      untaken.delete(id);
      removed.set(id, asked);
      void unlessItFails(() => outbox.remove(roomId, id));
    },
    watch: (changed) => outbox.watch(roomId, changed),
  };
}

/** The call itself is made at once: a page that goes away may have no later. */
async function unlessItFails<Value>(call: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await call();
  } catch {
    return undefined; // What was to be stored is kept in memory, and still sent.
  }
}
