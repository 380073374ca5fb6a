import { lineAround } from "./row-elements.ts";

/** How long a finger rests on a message before its menu opens, in ms. */
const HOLD_MS = 450;
/** A finger that goes further than this, in px, scrolls. */
const STILL_PX = 10;

/**
 * Calls back when a finger was held on a line, and when a keyboard asks for its context menu. A
 * link's own menu, and that of a mouse, stay the browser's.
 */
export function listenForHold(
  element: HTMLElement,
  signal: AbortSignal,
  held: (line: HTMLElement) => void,
): void {
  let finger: Finger | undefined;
  /** The finger is gone: its menu opens if it was held. */
  const lift = (wasHeld: (finger: Finger) => boolean) => {
    const line = finger && wasHeld(finger) ? finger.line : undefined;
    finger = undefined;
    // Not before: a popover that opens while the finger is down closes as it is lifted.
    if (line) setTimeout(() => held(line), 0);
  };
  const options = { passive: true, signal };
  element.addEventListener(
    "pointerdown",
    ({ pointerType, target, clientX, clientY, timeStamp }) => {
      const line = pointerType === "touch" && !isOnControl(target) ? lineAround(target) : undefined;
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
  // The browser took the gesture over: it scrolls, unless it told of a long press before.
  element.addEventListener("pointercancel", () => lift(({ isLong }) => isLong), options);
  element.addEventListener(
    "contextmenu",
    (event) => {
      const line = lineAround(event.target);
      if (!line || isByMouse(event) || isOnControl(event.target)) return;
      event.preventDefault();
      if (finger) finger = { ...finger, isLong: true };
      else held(line);
    },
    { signal },
  );
}

/** A finger on a line: where it came down, and when (as of `Event.timeStamp`, in ms). */
interface Finger {
  readonly line: HTMLElement;
  readonly x: number;
  readonly y: number;
  readonly at: number;
  /** The browser itself takes it for a long press. */
  readonly isLong: boolean;
}

function isOnControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("a, button") !== null;
}

/** Browsers differ in whether they tell the pointer; the second button is always told. */
function isByMouse(event: MouseEvent): boolean {
  return "pointerType" in event && event.pointerType !== ""
    ? event.pointerType === "mouse"
    : event.button === 2;
}
