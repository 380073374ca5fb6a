import { useEffect, useState, useSyncExternalStore } from "react";

/** Whether the page is in view. */
export function useVisible(): boolean {
  return useSyncExternalStore(watchVisibility, () => document.visibilityState === "visible");
}

function watchVisibility(changed: () => void): () => void {
  document.addEventListener("visibilitychange", changed);
  return () => document.removeEventListener("visibilitychange", changed);
}

/** What covers less than this, in px, is no keyboard: bars of the browser come and go. */
const KEYBOARD_PX = 80;

/**
 * The height of the page above a keyboard on the screen, in px, where the browser lays the keyboard
 * over the page; undefined where there is none, or where the page makes room for it by itself.
 */
export function useVisibleHeight(): number | undefined {
  return useSyncExternalStore(watchHeight, visibleHeight);
}

function visibleHeight(): number | undefined {
  const view = window.visualViewport;
  if (!view) return undefined;
  // Whoever zooms in sees less of the page, too; that is no keyboard.
  const height = Math.round(view.height * view.scale);
  return document.documentElement.clientHeight - height < KEYBOARD_PX ? undefined : height;
}

function watchHeight(changed: () => void): () => void {
  const view = window.visualViewport;
  const take = () => {
    changed();
    // The browser has moved the page up to show the field; now the field moves instead.
    if (visibleHeight() !== undefined) window.scrollTo(0, 0);
  };
  view?.addEventListener("resize", take);
  return () => view?.removeEventListener("resize", take);
}

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
