import { isOnControl, isOnReaction, rowAround } from "./row-elements.ts";

/** How long a finger rests on a message before its menu opens, in ms. */
const HOLD_MS = 450;
/** A finger that moves further than this, in px, scrolls. */
const STILL_PX = 10;

/**
 * Calls back when a finger was held on a row, or on a reaction in it, because the menu names who
 * reacted.
 */
export function listenForHold(
  element: HTMLElement,
  signal: AbortSignal,
  held: (line: HTMLElement) => void,
): void {
  let finger: Finger | undefined;
  /** Whether the finger that was lifted last was held on a row. */
  let wasHeldLast = false;
  /** The finger is gone: its menu opens if it was held. */
  const lift = (wasHeld: (finger: Finger) => boolean) => {
    const line = finger && wasHeld(finger) ? finger.line : undefined;
    finger = undefined;
    wasHeldLast = line !== undefined;
    // Not earlier: a popover that opens while the finger is down closes when it is lifted.
    if (line) setTimeout(() => held(line), 0);
  };
  const options = { passive: true, signal };
  element.addEventListener(
    "pointerdown",
    ({ pointerType, target, clientX, clientY, timeStamp }) => {
      const isHoldable = !isOnControl(target) || isOnReaction(target);
      const line = pointerType === "touch" && isHoldable ? rowAround(target) : undefined;
      finger = line && { line, x: clientX, y: clientY, at: timeStamp, isLong: false };
    },
    options,
  );
  element.addEventListener(
    "pointermove",
    ({ clientX, clientY }) => {
      if (finger && Math.hypot(clientX - finger.x, clientY - finger.y) > STILL_PX)
        lift(() => false);
    },
    options,
  );
  element.addEventListener(
    "pointerup",
    ({ timeStamp }) => lift(({ at, isLong }) => isLong || timeStamp - at >= HOLD_MS),
    options,
  );
  // A click would follow, also once the menu is open, and close it.
  element.addEventListener(
    "touchend",
    (event) => {
      if (wasHeldLast && event.cancelable) event.preventDefault();
    },
    { passive: false, signal },
  );
  // The browser took over the gesture: it scrolls, unless it reported a long press before.
  element.addEventListener("pointercancel", () => lift(({ isLong }) => isLong), options);
  // Before the listener that opens the menu at once.
  element.addEventListener(
    "contextmenu",
    (event) => {
      if (!finger) return;
      event.preventDefault();
      finger = { ...finger, isLong: true };
    },
    { capture: true, signal },
  );
}

/** A finger on a row: where it came down, and when (as of `Event.timeStamp`, in ms). */
interface Finger {
  readonly line: HTMLElement;
  readonly x: number;
  readonly y: number;
  readonly at: number;
  /** The browser reported a long press. */
  readonly isLong: boolean;
}
