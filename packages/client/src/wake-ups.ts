import type { Cancel } from "./clock.ts";

/** Calls back whenever the connection should be checked at once. */
export type WakeUps = (wake: () => void) => Cancel;

/** The parts of a page that it uses; Node has none. */
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
