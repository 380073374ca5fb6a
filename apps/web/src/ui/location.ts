import { useSyncExternalStore } from "react";

/** Fired after `navigate`; for the browser's own buttons there is `popstate`. */
const NAVIGATED = "parley:navigated";

/** Goes to another path without reloading the page. */
export function navigate(path: string): void {
  window.history.pushState(null, "", path);
  window.dispatchEvent(new Event(NAVIGATED));
}

/** The path of the page's address. */
export function usePathname(): string {
  return useSyncExternalStore(subscribe, () => window.location.pathname);
}

function subscribe(changed: () => void): () => void {
  for (const type of [NAVIGATED, "popstate"]) window.addEventListener(type, changed);
  return () => {
    for (const type of [NAVIGATED, "popstate"]) window.removeEventListener(type, changed);
  };
}
