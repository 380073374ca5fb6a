import { useSyncExternalStore } from "react";

/** What covers less than this, in px, is no keyboard: bars of the browser come and go. */
const KEYBOARD_PX = 80;

/**
 * The height of the page above a keyboard on the screen, in px, where the browser lays the keyboard
 * over the page; undefined where there is none, or where the page makes room for it by itself.
 */
export function useVisibleHeight(): number | undefined {
  return useSyncExternalStore(subscribe, visibleHeight);
}

function visibleHeight(): number | undefined {
  const view = window.visualViewport;
  if (!view) return undefined;
  // Whoever zooms in sees less of the page, too; that is no keyboard.
  const height = Math.round(view.height * view.scale);
  return document.documentElement.clientHeight - height < KEYBOARD_PX ? undefined : height;
}

function subscribe(changed: () => void): () => void {
  const view = window.visualViewport;
  const take = () => {
    changed();
    // The browser has moved the page up to show the field; now the field moves instead.
    if (visibleHeight() !== undefined) window.scrollTo(0, 0);
  };
  view?.addEventListener("resize", take);
  return () => view?.removeEventListener("resize", take);
}
