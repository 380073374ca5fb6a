import { type RefObject, useEffect } from "react";
import { lazyPart, onceShown, useLazy } from "../../ui/lazy.tsx";
import type { Box } from "../../ui/popup.tsx";
import { type ActiveRowStore, useActiveRowStore } from "./active-row.ts";
import { bubbleOf, isOnControl, rowAround, lowestInView, neighbour } from "./row-elements.ts";

/** Fetched after the room is shown, because a finger is not held before. */
const lazyHold = lazyPart(onceShown(() => import("./hold.ts")));

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
    listenForContextMenu(element, activeRow, ended.signal);
    return () => ended.abort();
  }, [frame, activeRow]);
  const hold = useLazy(lazyHold, true);
  useEffect(() => {
    const element = frame.current;
    if (!element || !hold) return undefined;
    const ended = new AbortController();
    hold.listenForHold(element, ended.signal, (line) => openMenu(activeRow, line));
    return () => ended.abort();
  }, [frame, activeRow, hold]);
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
  const beside = at ?? bubbleOf(line).getBoundingClientRect();
  activeRow.setState({ row, menu: { row, shows: "actions", beside } });
}

/** A mouse or a keyboard asks for the menu. Links and selected text keep the browser's own menu. */
function listenForContextMenu(
  element: HTMLElement,
  activeRow: ActiveRowStore,
  signal: AbortSignal,
): void {
  element.addEventListener(
    "contextmenu",
    (event) => {
      const line = rowAround(event.target);
      // A finger that is held down opens the menu when it is lifted.
      if (!line || event.defaultPrevented || isOnControl(event.target)) return;
      const isMouse = isByMouse(event);
      if (isMouse && isInSelection(line)) return;
      event.preventDefault();
      const { clientX: left, clientY: top } = event;
      openMenu(activeRow, line, isMouse ? { left, top, width: 0, height: 0 } : undefined);
    },
    { signal },
  );
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
