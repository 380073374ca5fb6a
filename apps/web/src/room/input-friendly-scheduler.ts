import type { Frames } from "./frame-batch.ts";

/** A frame that takes longer than this keeps a quick writer waiting, in ms. */
const HEAVY_MS = 20;
/** What is left of a heavy frame in the estimate of the one after it. */
const MEMORY = 0.95;
/** Once a frame is drawn, the browser needs so long to put it on the screen, in ms. */
const ON_SCREEN_MS = 8;
/** Somebody writes until this long after a key, in ms: slow writers take longer from key to key. */
const WRITING_MS = 200;

/** How far a key has come. */
type Key =
  /** It was pressed, and the page does not show it yet. */
  | "pressed"
  /** It can be seen; the next one is some time off. */
  | "shown"
  /** The work that waited for it is done, or there was none for so long. */
  | "served";

/**
 * Frames for work that may be heavy, such as drawing what a busy room says. Work that takes long
 * keeps out of the way of whoever writes: it is done once for each key, right after that can be
 * seen, so that it is over before the next. Nobody waits for longer than `WRITING_MS`. `close` ends
 * the listening.
 * @param page its frames and timers
 * @param onKey calls back at every key that is pressed; gives the way to stop
 * @param now in ms
 */
export function inputFriendlyFrames(
  page: Frames,
  onKey: (listener: () => void) => () => void,
  now: () => number,
): Frames & { readonly close: () => void } {
  let key: Key = "served";
  let writesUntil = -Infinity;
  let heaviness = 0;
  const waiting = new Set<() => void>();

  const onScreen = (callback: () => void) =>
    page.nextFrame(() => page.after(ON_SCREEN_MS, callback));
  const serve = () => {
    const ready = [...waiting];
    waiting.clear();
    for (const run of ready) run();
  };
  const close = onKey(() => {
    key = "pressed";
    writesUntil = now() + WRITING_MS;
    const until = writesUntil;
    onScreen(() => {
      if (key === "pressed") key = "shown";
      serve();
    });
    page.after(WRITING_MS, () => {
      if (until === writesUntil) serve();
    });
  });

  return {
    close,
    after: (ms, callback) => page.after(ms, callback),
    nextFrame: (callback) => {
      const run = () => {
        const from = now();
        key = "served";
        callback();
        // The next frame comes when this one is done.
        page.nextFrame(() => {
          heaviness = Math.max(now() - from, heaviness * MEMORY);
        });
      };
      const callOff = page.nextFrame(() => {
        if (heaviness > HEAVY_MS && key !== "shown" && now() < writesUntil) waiting.add(run);
        else run();
      });
      return () => {
        callOff();
        waiting.delete(run);
      };
    },
  };
}
