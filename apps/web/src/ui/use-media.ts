import { useCallback, useSyncExternalStore } from "react";

/** What was found of each query while the page was last on a screen. */
const onScreen = new Map<string, boolean>();

/**
 * Whether a media query holds; renders again when that changes, but for a printer with its narrow
 * paper. Where there is no page, none holds.
 */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", changed);
      return () => media.removeEventListener("change", changed);
    },
    [query],
  );
  return useSyncExternalStore(
    subscribe,
    () => holdsOnScreen(query),
    () => false,
  );
}

function holdsOnScreen(query: string): boolean {
  const isPrinting = window.matchMedia("print").matches;
  const known = isPrinting ? onScreen.get(query) : undefined;
  if (known !== undefined) return known;
  const { matches } = window.matchMedia(query);
  onScreen.set(query, matches);
  return matches;
}

/** Wide enough for a panel beside the messages. */
export const WIDE = "(min-width: 60rem)";
/** The device has an on-screen keyboard, where Enter breaks the line. */
export const TOUCH = "(hover: none) and (pointer: coarse)";
