import type { Deletion } from "../storage/room-contents.ts";
import type { StoredValue } from "../storage/stored.ts";
import type { AnimationFrames } from "./frame-batch.ts";
import type { RoomStore } from "./store.ts";

/** How long a deletion can be undone before it is sent, in ms. */
export const UNDO_MS = 5_000;
/** A page that still runs this many ms after a deletion was written has stored it. */
const STORED_MS = 1_000;

/** Deletions that can still be undone. */
export interface UndoableDeletions {
  /** Deletes one's own message: at once for oneself, for the others when the time is up. */
  readonly deleteMessage: (id: string) => void;
  /** Undoes a deletion. */
  readonly undoDelete: (id: string) => void;
  /** The page may close at any moment: sends what was decided now. */
  readonly sendDecided: () => void;
}

/** What undoable deletions need. */
export interface DeletionDeps {
  readonly frames: AnimationFrames;
  /** ms since 1970. */
  readonly now: () => number;
  /** The decided deletions, stored beyond the page and shared by all tabs of this browser. */
  readonly decided: StoredValue<readonly Deletion[]>;
  /** Sends a deletion. */
  readonly sendDeletion: (id: string) => void;
}

/**
 * Delays deletions for as long as they can be undone. Continues with those that an earlier page had
 * decided.
 */
export function createUndoableDeletions(
  store: RoomStore,
  { frames, now, decided, sendDeletion }: DeletionDeps,
): UndoableDeletions {
  const waiting = new Map<string, () => void>();

  const show = () => store.setState({ undoable: new Set(waiting.keys()) });
  const forget = (id: string) =>
    decided.write(decided.read().filter((deletion) => deletion.id !== id));
  const drop = (id: string) => {
    waiting.get(id)?.();
    return waiting.delete(id);
  };
  const finish = (id: string) => {
    // It was undone in another tab, or sent there.
    const isDecided = decided.read().some((deletion) => deletion.id === id);
    if (!drop(id)) return;
    if (isDecided) sendDeletion(id);
    frames.after(STORED_MS, () => forget(id));
    // In the frame that shows the deletion as pending, so that the message does not flash up in
    // between.
    frames.nextFrame(show);
  };
  const wait = (id: string, ms: number) => {
    waiting.set(
      id,
      frames.after(ms, () => finish(id)),
    );
    show();
  };

  for (const { id, at } of decided.read()) {
    wait(id, Math.min(UNDO_MS, Math.max(0, at + UNDO_MS - now())));
  }
  return {
    deleteMessage: (id) => {
      if (waiting.has(id)) return;
      decided.write([...decided.read(), { id, at: now() }]);
      wait(id, UNDO_MS);
    },
    undoDelete: (id) => {
      drop(id);
      forget(id);
      show();
    },
    sendDecided: () => [...waiting.keys()].forEach(finish),
  };
}
