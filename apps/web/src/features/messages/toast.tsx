import { useCallback } from "react";
import { usePointed, usePointedStore } from "./active-row.ts";

/** What was just done, where nothing else shows it. */
export function ToldLine() {
  const told = usePointed((state) => state.told);
  return (
    <div
      role="status"
      className="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center"
    >
      {told !== undefined && (
        <p className="animate-rise rounded-full bg-ink px-4 py-2 text-sm font-semibold text-canvas shadow-high">
          {told}
        </p>
      )}
    </div>
  );
}

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
