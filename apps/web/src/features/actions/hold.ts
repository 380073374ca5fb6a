import { lineAround } from "./lines.ts";

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
  let finger: { line: HTMLElement; x: number; y: number; at: number } | undefined;
  const lift = () => {
    finger = undefined;
  };
  const options = { passive: true, signal };
  element.addEventListener(
    "pointerdown",
    ({ pointerType, target, clientX, clientY, timeStamp }) => {
      const line = pointerType === "touch" && !isOnControl(target) ? lineAround(target) : undefined;
      finger = line && { line, x: clientX, y: clientY, at: timeStamp };
    },
    options,
  );
  element.addEventListener(
    "pointermove",
    ({ clientX, clientY }) => {
      if (finger && Math.hypot(clientX - finger.x, clientY - finger.y) > STILL_PX) lift();
    },
    options,
  );
  element.addEventListener(
    "pointerup",
    ({ timeStamp }) => {
      const rested = finger && timeStamp - finger.at >= HOLD_MS ? finger.line : undefined;
      lift();
      // A popover that opens while the finger is still down closes as it is lifted.
      if (rested) setTimeout(() => held(rested), 0);
    },
    options,
  );
  // The browser took the gesture over: it scrolls, or tells of a long press itself.
  element.addEventListener("pointercancel", lift, options);
  element.addEventListener(
    "contextmenu",
    (event) => {
      const line = lineAround(event.target);
      if (!line || isByMouse(event) || isOnControl(event.target)) return;
      event.preventDefault();
      lift();
      held(line);
    },
    { signal },
  );
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
