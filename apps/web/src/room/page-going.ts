/** Calls back whenever the page may be closing; returns a function that stops it. */
export function onGoingAway(goes: () => void): () => void {
  const ended = new AbortController();
  const options = { signal: ended.signal };
  window.addEventListener("pagehide", goes, options);
  // A phone that hides a page may fire no later event.
  const hidden = () => document.visibilityState === "hidden" && goes();
  document.addEventListener("visibilitychange", hidden, options);
  return () => ended.abort();
}
