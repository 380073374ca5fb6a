import type { AnimationFrames } from "./frame-batch.ts";

/** A frame that takes longer than this delays a fast typist, in ms. */
const HEAVY_MS = 20;
/** The weight of the past in the estimate of a frame's duration. */
const MEMORY = 0.95;
/** How long the browser needs to show a drawn frame, in ms. */
const ON_SCREEN_MS = 8;
/** The user counts as typing until this long after a key, in ms: slow typists take nearly as long. */
const WRITING_MS = 500;
/** So many items may be drawn for a key while frames are heavy: about 100 ms of a slow device. */
const ITEMS_FOR_A_KEY = 4;
/** The key that sends: what the user has sent is shown at once. */
const SENDS = "Enter";
/** After so long, in ms, a user who goes on typing is shown all the same what has come. */
const BEHIND_MAX_MS = 5_000;

/** The progress of the last key. */
type Key =
  /** It was pressed, and the page does not show it yet. */
  | "pressed"
  /** It is visible; the next one is some time off. */
  | "shown"
  /** The work that waited for it is done, or none came for a while. */
  | "served";

/**
 * Frames for work that may be heavy, such as drawing a busy room. While the user types, heavy work
 * runs once for each key, right after the key is visible, and is told that it has time for few items:
 * it is to end before the next key. Once they send or pause for `WRITING_MS`, and every
 * `BEHIND_MAX_MS`, it runs for all items.
 * `close` ends the listening.
 * @param page its frames and timers
 * @param onKey calls back at every key press, with the key's name; returns a function that stops it
 * @param now in ms
 */
export function inputFriendlyFrames(
  page: AnimationFrames,
  onKey: (listener: (name: string) => void) => () => void,
  now: () => number,
): AnimationFrames & { readonly close: () => void } {
  let key: Key = "served";
  let writesUntil = -Infinity;
  let heaviness = 0;
  let sparingSince: number | undefined;
  const waiting = new Set<() => void>();

  const isSparing = () => heaviness > HEAVY_MS && now() < writesUntil;
  const itemsMax = () => {
    const since = sparingSince ?? now();
    sparingSince = isSparing() && now() - since < BEHIND_MAX_MS ? since : undefined;
    return sparingSince === undefined ? undefined : ITEMS_FOR_A_KEY;
  };

  const onScreen = (callback: () => void) =>
    page.nextFrame(() => page.after(ON_SCREEN_MS, callback));
  const serve = () => {
    const ready = [...waiting];
    waiting.clear();
    for (const run of ready) run();
  };
  const close = onKey((name) => {
    key = "pressed";
    writesUntil = name === SENDS ? now() : now() + WRITING_MS;
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
        callback(itemsMax());
        // The next frame comes when this one is done.
        page.nextFrame(() => {
          heaviness = Math.max(now() - from, heaviness * MEMORY);
        });
      };
      const callOff = page.nextFrame(() => {
        if (isSparing() && key !== "shown") waiting.add(run);
        else run();
      });
      return () => {
        callOff();
        waiting.delete(run);
      };
    },
  };
}
