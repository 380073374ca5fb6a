import { useCallback } from "react";
import { useActiveRow, useActiveRowStore } from "./active-row.ts";

/** Confirms the last action if nothing else shows it. */
export function Toast() {
  const toast = useActiveRow((state) => state.toast);
  return (
    <div
      role="status"
      className="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center"
    >
      {toast !== undefined && (
        <p className="animate-rise rounded-full bg-ink px-4 py-2 text-sm font-semibold text-canvas shadow-high">
          {toast}
        </p>
      )}
    </div>
  );
}

/** How long a toast is shown, in ms. */
const TOAST_MS = 2_500;

/** Shows a toast: for an action that nothing else shows. */
export function useToast(): (toast: string) => void {
  const activeRow = useActiveRowStore();
  return useCallback(
    (toast) => {
      activeRow.setState({ toast });
      setTimeout(() => {
        if (activeRow.getState().toast === toast) activeRow.setState({ toast: undefined });
      }, TOAST_MS);
    },
    [activeRow],
  );
}
