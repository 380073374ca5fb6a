/** Keys that scroll, or go from row to row. */
const SCROLL_KEYS = /^(?:(?:Arrow|Page)(?:Up|Down)| )$/;

/** What a user does to a list to scroll it. */
interface ReachHandlers {
  /** Turns the wheel or presses a key: towards the top, or the end. */
  readonly onReach: (up: boolean) => void;
  /** Holds the list with a finger, or its scroll bar with the pointer, or lets go of it. */
  readonly onGrip: (isHeld: boolean) => void;
  /** Presses Home. */
  readonly onTop: () => void;
}

/** Calls back whenever the user reaches for an element that scrolls; returns a function that stops it. */
export function listenForReach(
  element: HTMLElement,
  { onReach, onGrip, onTop }: ReachHandlers,
): () => void {
  let touchedAt = 0;
  const ended = new AbortController();
  const options = { passive: true, signal: ended.signal };
  const letGo = (event: Event) => onGrip(event instanceof TouchEvent && event.touches.length > 0);
  element.addEventListener(
    "wheel",
    // With Ctrl, it zooms.
    ({ deltaY, ctrlKey }) => deltaY !== 0 && !ctrlKey && onReach(deltaY < 0),
    options,
  );
  element.addEventListener(
    "keydown",
    (event) => {
      const { key, target, altKey } = event;
      if (SCROLL_KEYS.test(key)) onReach(key.endsWith("Up"));
      if (key !== "Home" || altKey || event.defaultPrevented) return;
      // In a field or a menu, it goes elsewhere.
      if (!(target instanceof Element && target.matches("[role=log], [data-row]"))) return;
      event.preventDefault();
      onTop();
    },
    { signal: ended.signal },
  );
  element.addEventListener(
    "touchstart",
    ({ touches, target }) => {
      touchedAt = touches[0]?.clientY ?? 0;
      onGrip(true);
      // On what was touched: as the list scrolls, that may leave the page.
      for (const end of ["touchend", "touchcancel"]) target?.addEventListener(end, letGo, options);
    },
    options,
  );
  element.addEventListener(
    "touchmove",
    ({ touches }) => {
      const at = touches[0]?.clientY ?? touchedAt;
      if (at !== touchedAt) onReach(at > touchedAt);
    },
    options,
  );
  element.addEventListener(
    "pointerdown",
    ({ target, offsetX, pointerType }) => {
      // On the scroll bar itself, at either side.
      const isBar = target === element && (offsetX < 0 || offsetX > element.clientWidth);
      if (isBar && pointerType !== "touch") onGrip(true);
    },
    options,
  );
  for (const end of ["pointerup", "pointercancel"] as const) {
    window.addEventListener(
      end,
      ({ pointerType }) => pointerType !== "touch" && onGrip(false),
      options,
    );
  }
  return () => ended.abort();
}
