import { useEffect, useLayoutEffect, type RefObject } from "react";
import { usePointedStore } from "./pointed.ts";

/** Gives a line the focus where it was found, and where its like had it before it was drawn anew. */
export function useLineFocus(
  line: RefObject<HTMLElement | null>,
  row: string,
  found: boolean,
): void {
  const pointed = usePointedStore();
  useLayoutEffect(() => {
    // What waited to be sent is drawn anew once it is in the log.
    if (pointed.getState().focused !== row || document.activeElement !== document.body) return;
    line.current?.focus({ preventScroll: true });
  }, [line, row, pointed]);
  useEffect(() => {
    if (!found) return undefined;
    let frame: number | undefined;
    const takeFocus = () => {
      line.current?.focus({ preventScroll: true });
      // A line that was just drawn is hidden until it has been measured.
      frame =
        document.activeElement === line.current ? undefined : requestAnimationFrame(takeFocus);
    };
    takeFocus();
    return () => {
      if (frame !== undefined) cancelAnimationFrame(frame);
    };
  }, [line, found]);
}
