import { useCallback } from "react";
import { usePointedStore } from "./active-row.ts";

/** How long something is told, in ms. */
const TOLD_MS = 2_500;

/** Tells for a moment what was just done, where nothing else shows it. */
export function useTell(): (told: string) => void {
  const pointed = usePointedStore();
  return useCallback(
    (told) => {
      pointed.setState({ told });
      setTimeout(() => {
        if (pointed.getState().told === told) pointed.setState({ told: undefined });
      }, TOLD_MS);
    },
    [pointed],
  );
}
