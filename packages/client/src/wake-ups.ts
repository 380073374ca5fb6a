import type { Cancel } from "./clock.ts";

/** Calls back whenever it is worth looking at the connection at once. */
export type WakeUps = (wake: () => void) => Cancel;

/** The little of a page that is needed; Node has none of it. */
interface Page {
  readonly document?: EventTarget & { readonly visibilityState: string };
  readonly addEventListener?: EventTarget["addEventListener"];
  readonly removeEventListener?: EventTarget["removeEventListener"];
}

/** Wakes when the network is back and when the page becomes visible; outside a page, never. */
export const pageWakeUps: WakeUps = (wake) => {
  const page = globalThis as Page;
  const { document } = page;
  const seen = () => {
    if (document?.visibilityState === "visible") wake();
  };
  page.addEventListener?.("online", wake);
  document?.addEventListener("visibilitychange", seen);
  return () => {
    page.removeEventListener?.("online", wake);
    document?.removeEventListener("visibilitychange", seen);
  };
};
