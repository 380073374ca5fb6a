import { useEffect, useState, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { DrawWhole } from "../formatting/use-drawing.ts";

/** The whole list for printing; on the screen only a part of it is drawn. */
export function Printout({ children }: { children: () => ReactNode }) {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const ended = new AbortController();
    for (const type of ["beforeprint", "afterprint"] as const) {
      window.addEventListener(type, () => flushSync(() => setPrinting(type === "beforeprint")), {
        signal: ended.signal,
      });
    }
    return () => ended.abort();
  }, []);
  if (!printing) return null;
  return (
    <div data-print="" className="hidden print:block">
      <DrawWhole value>{children()}</DrawWhole>
    </div>
  );
}
