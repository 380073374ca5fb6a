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
