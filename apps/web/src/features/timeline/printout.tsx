import { useEffect, useState, type ReactNode } from "react";
import { flushSync } from "react-dom";

/** What is on paper in place of a list of which only a part is drawn: all of it, while it is printed. */
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
      {children()}
    </div>
  );
}
