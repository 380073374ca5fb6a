import type { Frames } from "./frame-batch.ts";
import type { RoomStore } from "./store.ts";

/** How long one can think better of a deletion before it is sent, in ms. */
export const UNDO_MS = 5_000;

/** Deletions that can still be undone. */
export interface TakingBack {
  /** Takes back one's own message: at once for oneself, for the others when the time is up. */
  readonly takeBack: (id: string) => void;
  /** Undoes that. */
  readonly keep: (id: string) => void;
  /** The page goes away: what was decided is sent now. */
  readonly settle: () => void;
}

/**
 * Puts deletions off for as long as they can be undone.
 * @param remove sends a deletion; called once for each that was not undone
 */
export function createTakingBack(
  store: RoomStore,
  frames: Frames,
  remove: (id: string) => void,
): TakingBack {
  const waiting = new Map<string, () => void>();

  const show = () => store.setState({ takingBack: new Set(waiting.keys()) });
  const keep = (id: string) => {
    waiting.get(id)?.();
    waiting.delete(id);
    show();
  };
  const finish = (id: string) => {
    waiting.get(id)?.();
    if (!waiting.delete(id)) return;
    remove(id);
    // With the frame that shows it as waiting to be sent: the message must not flash up in between.
    frames.nextFrame(show);
  };
  return {
    takeBack: (id) => {
      if (waiting.has(id)) return;
      waiting.set(
        id,
        frames.after(UNDO_MS, () => finish(id)),
      );
      show();
    },
    keep,
    settle: () => [...waiting.keys()].forEach(finish),
  };
}
