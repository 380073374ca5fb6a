import { useEffect, useState } from "react";

/**
 * The time (ms since 1970), renewed every so often.
 * @param everyMs how often; `undefined` stops the clock
 * @param read tells the time, always by the same clock
 */
export function useNow(everyMs: number | undefined, read: () => number = Date.now): number {
  const [now, setNow] = useState(read);
  useEffect(() => {
    if (everyMs === undefined) return undefined;
    const tick = () => setNow(read());
    tick();
    const timer = setInterval(tick, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, read]);
  return now;
}
