import type { Clock } from "./clock.ts";
import type { Outbox, Stored } from "./outbox.ts";

/** An outbox that does not answer within this, in ms, is not waited for any longer. */
const OUTBOX_WAIT_MS = 3_000;

/** A room's outbox as a session meets it: it may fail or hang, and nothing is held up or lost. */
export interface RoomOutbox {
  /** Calls back with what is kept: at the latest in time with nothing, and again if it comes late. */
  load(loaded: (kept: readonly Stored[]) => void): void;
  /** Calls back once it is stored, has failed to be, or takes too long. */
  put(stored: Stored, done: () => void): void;
  remove(id: string): void;
}

/** Bounds the waits for a room's outbox. */
export function roomOutbox(outbox: Outbox, roomId: string, clock: Clock): RoomOutbox {
  /** The call itself is made at once: a page that goes away may have no later. */
  const settled = async <Value>(call: () => Promise<Value>): Promise<Value | undefined> => {
    try {
      return await call();
    } catch {
      return undefined; // What was to be stored is kept in memory, and still sent.
    }
  };
  return {
    load(loaded) {
      const cancel = clock.after(OUTBOX_WAIT_MS, () => loaded([]));
      void settled(() => outbox.load(roomId)).then((kept) => {
        cancel();
        loaded(kept ?? []);
      });
    },
    put(stored, done) {
      const cancel = clock.after(OUTBOX_WAIT_MS, done);
      void settled(() => outbox.put(roomId, stored)).then(() => {
        cancel();
        done();
      });
    },
    remove(id) {
      void settled(() => outbox.remove(roomId, id));
    },
  };
}
