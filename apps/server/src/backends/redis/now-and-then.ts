import { throwUnlessUnavailable } from "../../log/log.ts";

/**
 * Does something again and again, not at the same moments as other servers: after `everyMs`, a third
 * more or less by chance. A log that is away meanwhile is met again the next time.
 * @returns stops it
 */
export function nowAndThen(everyMs: number, act: () => Promise<void>): () => void {
  const wait = () => everyMs * (0.67 + Math.random() * 0.67);
  const actAndWait = () => {
    act().catch(throwUnlessUnavailable);
    timer = setTimeout(actAndWait, wait()).unref();
  };
  let timer = setTimeout(actAndWait, wait()).unref();
  return () => clearTimeout(timer);
}
