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

/** Further than this, in px, the user has scrolled; less is a rounded position. */
const ROUNDED_PX = 1;

/** Which way the user has scrolled. */
export type Moved = "up" | "down" | undefined;

/** Where a list's own scrolls and its size have put it, to tell the user's scrolls from those. */
export interface OwnScrolls {
  /**
   * How the user has scrolled since the last call: by wheel, scroll bar, find in page, any means.
   * Call it also whenever the list or its view has another size, which the position has to fit.
   */
  readonly takeMoved: () => Moved;
  readonly toEnd: () => void;
  readonly stop: () => void;
}

/**
 * Notes what scrolls an element by script, through its `scrollTo` and `scrollBy`: the virtual list
 * uses no other way.
 */
export function watchOwnScrolls(element: HTMLElement): OwnScrolls {
  /** Where it is, unless the user has scrolled. */
  let expected = element.scrollTop;
  let view = element.clientHeight;
  const note = (name: "scrollTo" | "scrollBy") => {
    const scroll: (...given: never[]) => void = Element.prototype[name];
    element[name] = (...given: unknown[]) => {
      const before = element.scrollTop;
      Reflect.apply(scroll, element, given);
      expected += element.scrollTop - before;
    };
  };
  note("scrollTo");
  note("scrollBy");
  return {
    takeMoved: () => {
      // It may have been taller for a moment, as a keyboard closed and opened, so that all of it fit.
      const isResized = element.clientHeight !== view;
      view = element.clientHeight;
      expected = Math.min(expected, element.scrollHeight - view);
      const by = element.scrollTop - expected;
      if (isResized || Math.abs(by) > ROUNDED_PX) expected = element.scrollTop;
      if (isResized || Math.abs(by) <= ROUNDED_PX) return undefined;
      return by < 0 ? "up" : "down";
    },
    toEnd: () => element.scrollTo({ top: element.scrollHeight, behavior: "instant" }),
    stop: () => {
      Reflect.deleteProperty(element, "scrollTo");
      Reflect.deleteProperty(element, "scrollBy");
    },
  };
}
