import { type RefObject, useEffect, useEffectEvent } from "react";
import { useRoomNow } from "../../room/use-room.ts";
import { type ActionTarget, actionTargetOf, useMessageActions } from "./message-actions.ts";
import { bubbleOf, rowAround } from "./row-elements.ts";

/** Replies to a message that is swiped by a finger. */
export function SwipeToReply({ frame }: { frame: RefObject<HTMLElement | null> }) {
  const roomNow = useRoomNow();
  const { reply } = useMessageActions();
  const sent = (target: ActionTarget | undefined) =>
    target?.is === "sent" ? target.message : undefined;
  const canSwipe = useEffectEvent(
    (row: string) => sent(actionTargetOf(roomNow(), row)) !== undefined,
  );
  const swiped = useEffectEvent((row: string) => {
    const message = sent(actionTargetOf(roomNow(), row));
    if (message) reply(message);
  });
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const ended = new AbortController();
    listenForSwipe(element, ended.signal, { canSwipe, swiped });
    return () => ended.abort();
  }, [frame]);
  return null;
}

/** A finger that moves further than this, in px, swipes or scrolls. */
const STILL_PX = 10;
/** A swipe that ends further than this, in px, replies; the bubble follows hardly further. */
const ENOUGH_PX = 56;
const FURTHEST_PX = 72;
/** At the edges of the window, in px, a swipe is the browser's: it goes a page back. */
const EDGE_PX = 24;
/** The bubble returns to its place in this time, in ms. */
const RETURN_MS = 180;

/** A finger that came down on a row. */
interface Finger {
  readonly id: number;
  readonly line: HTMLElement;
  readonly x: number;
  readonly y: number;
  /** Shown as the bubble moves; missing before. */
  readonly hint: HTMLElement | undefined;
}

/**
 * Calls back when a row was swiped towards the end of its lines. Rows leave only vertical movements
 * to the browser (`touch-action`), so that a swipe scrolls nothing.
 * @param canSwipe whether a row may be swiped
 */
function listenForSwipe(
  element: HTMLElement,
  signal: AbortSignal,
  { canSwipe, swiped }: { canSwipe: (row: string) => boolean; swiped: (row: string) => void },
): void {
  let finger: Finger | undefined;
  const options = { passive: true, signal };
  const sign = () => (getComputedStyle(element).direction === "rtl" ? -1 : 1);
  const end = (now: Finger) => {
    finger = undefined;
    now.hint?.remove();
    const bubble = bubbleOf(now.line);
    bubble.style.translate = "";
    if (now.hint) {
      bubble.animate(
        { translate: [`${bubble.dataset["moved"]}px`, "0px"] },
        { duration: RETURN_MS, easing: "ease-out" },
      );
    }
  };

  element.addEventListener(
    "pointerdown",
    ({ pointerType, pointerId, isPrimary, target, clientX, clientY }) => {
      if (finger) end(finger);
      const line = pointerType === "touch" && isPrimary ? rowAround(target) : undefined;
      const isAtEdge = Math.min(clientX, window.innerWidth - clientX) < EDGE_PX;
      if (!line || isAtEdge || scrollsSideways(target) || !canSwipe(rowOf(line))) return;
      finger = { id: pointerId, line, x: clientX, y: clientY, hint: undefined };
    },
    options,
  );
  element.addEventListener(
    "pointermove",
    ({ pointerId, clientX, clientY }) => {
      if (finger?.id !== pointerId) return;
      const along = (clientX - finger.x) * sign();
      if (!finger.hint) {
        const across = Math.abs(clientY - finger.y);
        if (Math.max(Math.abs(along), across) <= STILL_PX) return;
        if (along < across * 2) {
          finger = undefined;
          return;
        }
        finger = { ...finger, hint: addHint(bubbleOf(finger.line)) };
      }
      const moved = Math.max(0, Math.min(along - STILL_PX, FURTHEST_PX));
      const bubble = bubbleOf(finger.line);
      bubble.style.translate = `${moved * sign()}px`;
      bubble.dataset["moved"] = String(moved * sign());
      finger.hint?.toggleAttribute("data-enough", moved >= ENOUGH_PX);
      finger.hint?.style.setProperty("opacity", String(Math.min(1, moved / ENOUGH_PX)));
    },
    options,
  );
  element.addEventListener(
    "pointerup",
    ({ pointerId }) => {
      if (finger?.id !== pointerId) return;
      const { hint, line } = finger;
      end(finger);
      if (hint?.hasAttribute("data-enough")) swiped(rowOf(line));
    },
    options,
  );
  // The browser took over the gesture.
  element.addEventListener("pointercancel", () => finger && end(finger), options);
}

function rowOf(line: HTMLElement): string {
  return line.dataset["row"] ?? "";
}

/** Whether an element is in code whose long lines can be scrolled. */
function scrollsSideways(target: EventTarget | null): boolean {
  const code = target instanceof Element ? target.closest("pre") : null;
  return code !== null && code.scrollWidth > code.clientWidth;
}

const SVG = "http://www.w3.org/2000/svg";

/** An arrow at the start of the bubble, as on the button that replies. */
function addHint(bubble: HTMLElement): HTMLElement {
  const hint = document.createElement("span");
  hint.className = "swipe-hint";
  hint.ariaHidden = "true";
  const icon = document.createElementNS(SVG, "svg");
  icon.setAttribute("viewBox", "0 0 24 24");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", "M18 18v-6a3 3 0 0 0 -3 -3h-10l4 -4m0 8l-4 -4");
  icon.append(path);
  hint.append(icon);
  bubble.append(hint);
  return hint;
}
