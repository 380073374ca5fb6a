import { useSyncExternalStore } from "react";

/** Tells that the page itself went elsewhere; of its own buttons the browser tells by `popstate`. */
const NAVIGATED = "parley:navigated";

/** Goes to another path without loading the page again. */
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
