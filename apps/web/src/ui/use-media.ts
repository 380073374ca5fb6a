import { useCallback, useSyncExternalStore } from "react";

/** Whether a media query holds; renders again when that changes. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", changed);
      return () => media.removeEventListener("change", changed);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

/** Wide enough for a panel beside the messages. */
export const WIDE = "(min-width: 60rem)";
/** The device has an on-screen keyboard, where Enter breaks the line. */
export const TOUCH = "(hover: none) and (pointer: coarse)";
