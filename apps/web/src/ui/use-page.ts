import { useEffect, useState, useSyncExternalStore } from "react";

/** Whether the page is visible. */
export function useVisible(): boolean {
  return useSyncExternalStore(watchVisibility, () => document.visibilityState === "visible");
}

function watchVisibility(changed: () => void): () => void {
  document.addEventListener("visibilitychange", changed);
  return () => document.removeEventListener("visibilitychange", changed);
}

/** Anything that covers less than this, in px, is no keyboard: bars of the browser come and go. */
const KEYBOARD_PX = 80;

/**
 * The height of the page above an on-screen keyboard, in px, if the browser lays the keyboard over
 * the page; undefined without one, or if the page resizes by itself.
 */
export function useVisibleHeight(): number | undefined {
  return useSyncExternalStore(watchHeight, visibleHeight);
}

function visibleHeight(): number | undefined {
  const view = window.visualViewport;
  if (!view) return undefined;
  // Zooming in shows less of the page, too, without a keyboard.
  const height = Math.round(view.height * view.scale);
  return document.documentElement.clientHeight - height < KEYBOARD_PX ? undefined : height;
}

function watchHeight(changed: () => void): () => void {
  const view = window.visualViewport;
  const take = () => {
    changed();
    // The browser moved the page up to show the field; now the field moves instead.
    if (visibleHeight() !== undefined) window.scrollTo(0, 0);
  };
  view?.addEventListener("resize", take);
  return () => view?.removeEventListener("resize", take);
}

/**
 * The time (ms since 1970), updated regularly.
 * @param everyMs how often; `undefined` stops the clock
 * @param read returns the time, always from the same clock
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
