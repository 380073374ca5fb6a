/** The clocks of a page: frames while it is visible, timers always. */
export interface AnimationFrames {
  /**
   * Calls back before the next paint, with how many items the time is enough for, if it is short;
   * returns a function that cancels it.
   */
  nextFrame(callback: (itemsMax?: number) => void): () => void;
  /** Calls back after `ms`; returns a function that cancels it. */
  after(ms: number, callback: () => void): () => void;
}

/**
 * A hidden page gets no frames; then items are delivered after this many ms. A frame that waits for a
 * user who types comes earlier.
 */
const HIDDEN_BATCH_MS = 600;

/**
 * Collects what arrives within one animation frame and delivers it at once, in order. What is too much
 * for a frame waits, all of it, for one that has the time.
 * @param deliver takes the collected items; never an empty list
 * @returns `add`, and `close`, which drops what still waits
 */
export function createFrameBatch<T>(
  frames: AnimationFrames,
  deliver: (gathered: readonly T[]) => void,
): { add: (item: T) => void; close: () => void } {
  let gathered: T[] = [];
  let callOff: (() => void) | undefined;

  const stopWaiting = () => {
    callOff?.();
    callOff = undefined;
  };
  const flush = (itemsMax = Infinity) => {
    stopWaiting();
    if (gathered.length > itemsMax) {
      callOff = wait();
      return;
    }
    const ready = gathered;
    gathered = [];
    deliver(ready);
  };
  const wait = () => {
    const cancelFrame = frames.nextFrame(flush);
    const cancelTimer = frames.after(HIDDEN_BATCH_MS, () => flush());
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

export const browserFrames: AnimationFrames = {
  nextFrame: (callback) => {
    const id = requestAnimationFrame(() => callback());
    return () => cancelAnimationFrame(id);
  },
  after: (ms, callback) => {
    const id = setTimeout(callback, ms);
    return () => clearTimeout(id);
  },
};
