import { type RefObject, useEffect } from "react";
import type { Box } from "../../ui/popup.tsx";
import { type ActiveRowStore, useActiveRowStore } from "./active-row.ts";
import { bubbleOf, rowAround, lowestInView, neighbour } from "./row-elements.ts";

/** Makes rows active by pointer, touch and keyboard. */
export function useRowGestures(frame: RefObject<HTMLElement | null>): void {
  const activeRow = useActiveRowStore();
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const ended = new AbortController();
    listenForPointer(element, activeRow, ended.signal);
    listenForFocus(element, activeRow, ended.signal);
    listenForKeys(element, activeRow, ended.signal);
    listenForHold(element, ended.signal, (line, at) => openMenu(activeRow, line, at));
    return () => ended.abort();
  }, [frame, activeRow]);
}

function listenForPointer(
  element: HTMLElement,
  activeRow: ActiveRowStore,
  signal: AbortSignal,
): void {
  const to = (row: string | undefined) => {
    const { menu, row: before } = activeRow.getState();
    if (!menu && row !== before) activeRow.setState({ row });
  };
  element.addEventListener(
    "pointermove",
    ({ pointerType, target }) => {
      if (pointerType !== "mouse") return;
      to(rowAround(target)?.dataset["row"] ?? activeRow.getState().focused);
    },
    { passive: true, signal },
  );
  element.addEventListener("pointerleave", () => to(activeRow.getState().focused), { signal });
}

function listenForFocus(
  element: HTMLElement,
  activeRow: ActiveRowStore,
  signal: AbortSignal,
): void {
  element.addEventListener(
    "focusin",
    ({ target }) => {
      const row = rowAround(target)?.dataset["row"];
      activeRow.setState({ row, focused: row });
    },
    { signal },
  );
  element.addEventListener(
    "focusout",
    ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && element.contains(relatedTarget)) return;
      const { row, focused, menu } = activeRow.getState();
      activeRow.setState({ focused: undefined, row: row === focused && !menu ? undefined : row });
    },
    { signal },
  );
}

function listenForKeys(element: HTMLElement, activeRow: ActiveRowStore, signal: AbortSignal): void {
  element.addEventListener(
    "keydown",
    (event) => {
      const { target } = event;
      if (event.defaultPrevented || !(target instanceof HTMLElement)) return;
      const line = rowAround(target);
      const isLog = target.role === "log";
      const next = isLog ? entryFrom(target, event.key) : line && stepFrom(line, target, event.key);
      if (next) next.focus();
      else if (line && opensMenu(event, target === line)) openMenu(activeRow, line);
      else return;
      event.preventDefault();
    },
    { signal },
  );
}

/** From the log as a whole, an arrow key or Enter moves to the last visible row. */
function entryFrom(log: HTMLElement, key: string): HTMLElement | undefined {
  const enters = key === "ArrowUp" || key === "ArrowDown" || key === "Enter";
  return enters ? lowestInView(log) : undefined;
}

/** From a row, arrow keys move to the next one; from inside it, Escape moves to the row. */
function stepFrom(line: HTMLElement, target: HTMLElement, key: string): HTMLElement | undefined {
  if (target !== line) return key === "Escape" ? line : undefined;
  if (key === "ArrowUp") return neighbour(line, -1);
  return key === "ArrowDown" ? neighbour(line, 1) : undefined;
}

function opensMenu({ key, shiftKey }: KeyboardEvent, isOnLine: boolean): boolean {
  if (key === "ContextMenu" || (key === "F10" && shiftKey)) return true;
  return isOnLine && key === "Enter";
}

/** @param at where it opens; by default beside the bubble */
function openMenu(activeRow: ActiveRowStore, line: HTMLElement, at?: Box): void {
  const row = line.dataset["row"];
  if (row === undefined || activeRow.getState().menu?.row === row) return;
  const { left, top, width, height } = bubbleOf(line).getBoundingClientRect();
  const beside = at ?? { left, top, width, height };
  activeRow.setState({ row, menu: { row, shows: "actions", beside } });
}

/** How long a finger rests on a message before its menu opens, in ms. */
const HOLD_MS = 450;
/** A finger that moves further than this, in px, scrolls. */
const STILL_PX = 10;

/**
 * Calls back when a finger was held on a row, and when a mouse or a keyboard asks for its context
 * menu, with the place of the mouse. Links and selected text keep the browser's own menu.
 */
function listenForHold(
  element: HTMLElement,
  signal: AbortSignal,
  held: (line: HTMLElement, at?: Box) => void,
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
      const line = pointerType === "touch" && !isOnControl(target) ? rowAround(target) : undefined;
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
  element.addEventListener(
    "contextmenu",
    (event) => {
      const line = rowAround(event.target);
      if (!line || isOnControl(event.target) || (isByMouse(event) && isInSelection(line))) return;
      event.preventDefault();
      if (isByMouse(event)) {
        held(line, { left: event.clientX, top: event.clientY, width: 0, height: 0 });
      } else if (finger) finger = { ...finger, isLong: true };
      else held(line);
    },
    { signal },
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

function isOnControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("a, button") !== null;
}

/** Whether a part of the row's text is selected, for example to be copied. */
function isInSelection(line: HTMLElement): boolean {
  const selection = window.getSelection();
  return selection !== null && !selection.isCollapsed && selection.containsNode(line, true);
}

/** Some browsers do not report the pointer type; all report the second button. */
function isByMouse(event: MouseEvent): boolean {
  return "pointerType" in event && event.pointerType !== ""
    ? event.pointerType === "mouse"
    : event.button === 2;
}
