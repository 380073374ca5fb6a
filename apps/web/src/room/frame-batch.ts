/** The clocks of a page: frames come while it is in view, timers always. */
export interface Frames {
  /** Calls back before the next paint; gives the way to call it off. */
  nextFrame(callback: () => void): () => void;
  /** Calls back after a while (ms); gives the way to call it off. */
  after(ms: number, callback: () => void): () => void;
}

/** A page out of view gets no frames; what waits goes in after this many ms. */
const HIDDEN_BATCH_MS = 250;

/**
 * Gathers what comes within one animation frame and hands it over at once, in order.
 * @param deliver takes what was gathered; never an empty list
 * @returns `add`, and `close`, which drops what still waits
 */
export function createFrameBatch<T>(
  frames: Frames,
  deliver: (gathered: readonly T[]) => void,
): { add: (item: T) => void; close: () => void } {
  let gathered: T[] = [];
  let callOff: (() => void) | undefined;

  const stopWaiting = () => {
    callOff?.();
    callOff = undefined;
  };
  const flush = () => {
    stopWaiting();
    const ready = gathered;
    gathered = [];
    deliver(ready);
  };
  const wait = () => {
    const cancelFrame = frames.nextFrame(flush);
    const cancelTimer = frames.after(HIDDEN_BATCH_MS, flush);
    return () => {
      cancelFrame();
      cancelTimer();
    };
  };
  return {
    add: (item) => {
      gathered.push(item);
      callOff ??= wait();
    },
    close: () => {
      gathered = [];
      stopWaiting();
    },
  };
}

/** The frames and timers of this browser. */
export const browserFrames: Frames = {
  nextFrame: (callback) => {
    const id = requestAnimationFrame(callback);
    return () => cancelAnimationFrame(id);
  },
  after: (ms, callback) => {
    const id = setTimeout(callback, ms);
    return () => clearTimeout(id);
  },
};
