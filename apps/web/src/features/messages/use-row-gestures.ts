import { useEffect, type RefObject } from "react";
import { bubbleOf, lineAround, lowestInView, neighbour } from "./row-elements.ts";
import { listenForHold } from "./hold.ts";
import { usePointedStore, type PointedStore } from "./active-row.ts";

/** Follows the reader from line to line: by pointer, by finger and by keyboard. */
export function useRowGestures(frame: RefObject<HTMLElement | null>): void {
  const pointed = usePointedStore();
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const ended = new AbortController();
    listenForPointer(element, pointed, ended.signal);
    listenForFocus(element, pointed, ended.signal);
    listenForKeys(element, pointed, ended.signal);
    listenForHold(element, ended.signal, (line) => openMenu(pointed, line));
    return () => ended.abort();
  }, [frame, pointed]);
}

function listenForPointer(element: HTMLElement, pointed: PointedStore, signal: AbortSignal): void {
  const to = (row: string | undefined) => {
    const { menu, row: before } = pointed.getState();
    if (!menu && row !== before) pointed.setState({ row });
  };
  element.addEventListener(
    "pointermove",
    ({ pointerType, target }) => {
      if (pointerType !== "mouse") return;
      to(lineAround(target)?.dataset["row"] ?? pointed.getState().focused);
    },
    { passive: true, signal },
  );
  element.addEventListener("pointerleave", () => to(pointed.getState().focused), { signal });
}

function listenForFocus(element: HTMLElement, pointed: PointedStore, signal: AbortSignal): void {
  element.addEventListener(
    "focusin",
    ({ target }) => {
      const row = lineAround(target)?.dataset["row"];
      pointed.setState({ row, focused: row });
    },
    { signal },
  );
  element.addEventListener(
    "focusout",
    ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && element.contains(relatedTarget)) return;
      const { row, focused, menu } = pointed.getState();
      pointed.setState({ focused: undefined, row: row === focused && !menu ? undefined : row });
    },
    { signal },
  );
}

function listenForKeys(element: HTMLElement, pointed: PointedStore, signal: AbortSignal): void {
  element.addEventListener(
    "keydown",
    (event) => {
      const { target } = event;
      if (event.defaultPrevented || !(target instanceof HTMLElement)) return;
      const line = lineAround(target);
      const isLog = target.role === "log";
      const next = isLog ? entryFrom(target, event.key) : line && stepFrom(line, target, event.key);
      if (next) next.focus();
      else if (line && opensMenu(event, target === line)) openMenu(pointed, line);
      else return;
      event.preventDefault();
    },
    { signal },
  );
}

/** From the log as a whole, an arrow or Enter goes to what was read last. */
function entryFrom(log: HTMLElement, key: string): HTMLElement | undefined {
  const enters = key === "ArrowUp" || key === "ArrowDown" || key === "Enter";
  return enters ? lowestInView(log) : undefined;
}

/** From a line, arrows go to the next one; from within it, Escape goes back to it. */
function stepFrom(line: HTMLElement, target: HTMLElement, key: string): HTMLElement | undefined {
  if (target !== line) return key === "Escape" ? line : undefined;
  if (key === "ArrowUp") return neighbour(line, -1);
  return key === "ArrowDown" ? neighbour(line, 1) : undefined;
}

function opensMenu({ key, shiftKey }: KeyboardEvent, isOnLine: boolean): boolean {
  if (key === "ContextMenu" || (key === "F10" && shiftKey)) return true;
  return isOnLine && key === "Enter";
}

function openMenu(pointed: PointedStore, line: HTMLElement): void {
  const row = line.dataset["row"];
  if (row === undefined || pointed.getState().menu?.row === row) return;
  const { left, top, width, height } = bubbleOf(line).getBoundingClientRect();
  const beside = { left, top, width, height };
  pointed.setState({ row, menu: { row, shows: "actions", beside } });
}
