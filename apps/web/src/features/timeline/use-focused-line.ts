import { useLayoutEffect, useMemo, type RefObject } from "react";
import type { Item } from "./items.ts";
import { lineOf } from "../messages/row-elements.ts";
import { usePointed } from "../messages/active-row.ts";

/**
 * Keeps the focus of a line: where it goes out of view, and where it is drawn anew, as one that
 * waited and is in the log now.
 * @returns the place of that line among the items: it has to stay drawn
 */
export function useFocusedLine(
  frame: RefObject<HTMLElement | null>,
  items: readonly Item[],
): number | undefined {
  const focused = usePointed((pointed) => pointed.focused);
  useLayoutEffect(() => {
    if (focused === undefined || document.activeElement !== document.body) return;
    if (frame.current) lineOf(frame.current, focused)?.focus({ preventScroll: true });
  }, [frame, items, focused]);
  return useMemo(() => {
    const place = focused === undefined ? -1 : items.findIndex(({ key }) => key === focused);
    return place === -1 ? undefined : place;
  }, [items, focused]);
}
