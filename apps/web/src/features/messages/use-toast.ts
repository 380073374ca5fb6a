import { useCallback } from "react";
import { useActiveRowStore } from "./active-row.ts";

/** How long a toast is shown, in ms. */
const TOAST_MS = 2_500;

/** The toast if the code of what was asked for could not be fetched. */
export const NOT_FETCHED = "This could not be fetched from the server";

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
