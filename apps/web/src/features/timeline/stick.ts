import { unreachable } from "@parley/protocol";
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import type { VirtualizerHandle } from "virtua";

/** The scroll position of a list, in px. */
interface Scroll {
  /** From the top of the list to the top of the view. */
  readonly offset: number;
  /** The height of the whole list. */
  readonly size: number;
  readonly view: number;
}

/** What a list holds on to. */
export type Hold =
  /** The "New" line or, without one, its end, while the room opens. */
  | "opening"
  /** The "New" line, where the room opened: new rows move nothing. */
  | "at-new"
  /** Its end: new rows scroll it on. */
  | "stuck"
  /** The user is scrolling; where that ends decides. */
  | "leaving"
  /** The user is further up. */
  | "free";

/** The events of a list. */
type StickEvent =
  /** Everything is loaded that the room opens with. */
  | { readonly type: "opened"; readonly hasNew: boolean }
  /** The user turns the wheel, drags or presses a key: towards the top, or the end. */
  | { readonly type: "reach"; readonly up: boolean }
  | { readonly type: "scroll"; readonly before: Scroll; readonly after: Scroll }
  /** The view has another size. */
  | { readonly type: "resize"; readonly scroll: Scroll }
  /** Nothing has moved for a while. */
  | { readonly type: "rest"; readonly scroll: Scroll };

/** Closer to the end than this, in px, the list sticks to it. */
const STICK_PX = 50;

/**
 * The next state after an event. A growing list and a resized view never release; a user who
 * scrolls up gets away even while messages pour in.
 */
export function nextHold(hold: Hold, event: StickEvent): Hold {
  switch (event.type) {
    case "opened":
      return hold === "opening" && !event.hasNew ? "stuck" : hold;
    case "reach":
      if (hold === "opening" || hold === "at-new") return "leaving";
      return hold === "stuck" && event.up ? "leaving" : hold;
    case "resize":
      // A view that has grown down to the end shows it, wherever the user was before.
      return hold === "free" ? byDistance(event.scroll) : hold;
    case "rest":
      if (hold === "leaving") return byDistance(event.scroll);
      // With few new messages, the list opens at its end.
      if (hold === "opening" || hold === "at-new") return byDistance(event.scroll, "at-new");
      return hold;
    case "scroll":
      return afterScroll(hold, event.before, event.after);
    default:
      return unreachable(event);
  }
}

function afterScroll(hold: Hold, before: Scroll, after: Scroll): Hold {
  const up = after.offset < before.offset;
  switch (hold) {
    case "opening":
      return hold;
    case "at-new":
      // Nothing of the list has changed: that was the user.
      return after.offset !== before.offset && isSameShape(before, after) ? "leaving" : hold;
    case "stuck":
      // The offset also falls if the list becomes shorter or the view taller, for example when an
      // on-screen keyboard closes; that is not the user scrolling.
      return up && after.size >= before.size && after.view === before.view
        ? byDistance(after)
        : "stuck";
    case "leaving":
      return "leaving";
    case "free":
      return up ? "free" : byDistance(after);
    default:
      return unreachable(hold);
  }
}

function isHeld(hold: Hold): boolean {
  return hold === "stuck" || hold === "opening" || hold === "at-new";
}

function isSameShape(before: Scroll, after: Scroll): boolean {
  return before.size === after.size && before.view === after.view;
}

function byDistance(scroll: Scroll, further: Hold = "free"): Hold {
  return gapOf(scroll) <= STICK_PX ? "stuck" : further;
}

/** How far from the end it is, in px. */
function gapOf({ offset, size, view }: Scroll): number {
  return size - offset - view;
}

/** After this long without a movement, in ms, a reach has ended. */
const REST_MS = 150;
/** Keys that scroll, or go from row to row. */
const SCROLL_KEYS = /^(?:(?:Arrow|Page)(?:Up|Down)| )$/;
/** After a scroll was requested, the list may still move for this long, in ms, as it is measured. */
const UNDER_WAY_MS = 200;
/** How much of what was read is above the "New" line when a room opens, in px. */
const LEAD_PX = 64;

/** Holds a list at its end, or at the "New" line, until the user scrolls. */
interface Stick {
  /** Call it when the list was scrolled, by any means. Returns the position. */
  readonly scrolled: () => Scroll | undefined;
  /** Call it when the list has another size. */
  readonly reshaped: () => void;
  /** Scrolls to the end and sticks to it. */
  readonly toEnd: () => void;
  /** Lets go: a row grows or shrinks because the user wants it to. */
  readonly release: () => void;
  /** Scrolls a row to the middle of the view, or near its top. */
  readonly toItem: (index: number, align?: "center" | "start") => void;
}

/** The list that is held. */
interface Held {
  /** How many rows it has. */
  readonly count: number;
  /** The index of the "New" line. */
  readonly newPlace: number | undefined;
  /** Everything is loaded that the room opens with. */
  readonly isOpen: boolean;
}

/**
 * @param scroller the element that scrolls
 * @param list the virtual list in it
 * @param onHold called when the list holds on to something else
 */
export function useStick(
  scroller: RefObject<HTMLElement | null>,
  list: RefObject<VirtualizerHandle | null>,
  { count, newPlace, isOpen }: Held,
  onHold: (hold: Hold) => void,
): Stick {
  const hold = useRef<Hold>("opening");
  const last = useRef<Scroll>({ offset: 0, size: 0, view: 0 });
  const callOffRest = useRef<() => void>(undefined);

  const movedAt = useRef(Number.NEGATIVE_INFINITY);

  const isUnderWay = () => performance.now() - movedAt.current < UNDER_WAY_MS;
  const goBy = (handle: VirtualizerHandle, px: number) => {
    movedAt.current = performance.now();
    handle.scrollTo(handle.scrollOffset + px);
  };
  const toNew = (place: number) =>
    list.current?.scrollToIndex(place, { align: "start", offset: -LEAD_PX });
  const follow = () => {
    if (isHeld(hold.current) || isUnderWay()) movedAt.current = performance.now();
    const opensAtNew = hold.current === "opening" || hold.current === "at-new";
    if (opensAtNew && newPlace !== undefined) toNew(newPlace);
    else if (hold.current === "opening" || hold.current === "stuck") {
      list.current?.scrollToIndex(count - 1, { align: "end" });
    }
  };
  const measure = (): Scroll | undefined => {
    const [handle, element] = [list.current, scroller.current];
    if (!handle || !element) return undefined;
    // The list's own size of the view is older than a scroll that the resize causes.
    return { offset: handle.scrollOffset, size: handle.scrollSize, view: element.clientHeight };
  };
  const goTo = (next: Hold) => {
    if (next === hold.current) return;
    hold.current = next;
    onHold(next);
  };
  const take = (event: StickEvent) => goTo(nextHold(hold.current, event));
  const rest = () => {
    const scroll = measure();
    if (scroll) take({ type: "rest", scroll });
    follow();
  };
  const restSoon = () => {
    callOffRest.current?.();
    callOffRest.current = afterRest(() => latest.current.rest());
  };
  const reach = (up: boolean, px: number) => {
    take({ type: "reach", up });
    const handle = list.current;
    // A scroll that is still going on would take the user back.
    if (handle && px !== 0 && hold.current === "leaving" && isUnderWay()) goBy(handle, px);
    restSoon();
  };
  const release = () => {
    goTo("leaving");
    // A scroll that is still going on would move the row as it changes.
    if (list.current && isUnderWay()) goBy(list.current, 0);
    restSoon();
  };
  const toTop = () => {
    goTo("leaving");
    list.current?.scrollToIndex(0, { align: "start" });
    restSoon();
  };
  const reshaped = () => {
    if (isOpen) take({ type: "opened", hasNew: newPlace !== undefined });
    follow();
    if (isOpen && hold.current === "opening") restSoon();
  };
  const resized = () => {
    const scroll = measure();
    if (scroll) take({ type: "resize", scroll });
    follow();
  };

  const latest = useRef({ follow, reach, resized, rest, toTop });
  useLayoutEffect(() => {
    latest.current = { follow, reach, resized, rest, toTop };
  });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const stop = listenForReach(element, {
      reach: (up, px) => latest.current.reach(up, px),
      toTop: () => latest.current.toTop(),
    });
    const observer = new ResizeObserver(() => latest.current.resized());
    observer.observe(element);
    // Rows that were measured make the list taller only later: until then, it cannot be scrolled to
    // its new end.
    const rowsObserver = new ResizeObserver(() => latest.current.follow());
    if (element.lastElementChild) rowsObserver.observe(element.lastElementChild);
    return () => {
      stop();
      observer.disconnect();
      rowsObserver.disconnect();
      callOffRest.current?.();
    };
  }, [scroller]);

  return {
    scrolled: () => {
      const after = measure();
      if (!after) return undefined;
      const before = last.current;
      last.current = after;
      // It is on its way to the end. If it comes short of that, as rows are measured, it goes on.
      if (hold.current === "stuck" && isUnderWay()) {
        if (gapOf(after) >= 1) restSoon();
        return after;
      }
      take({ type: "scroll", before, after });
      if (hold.current === "leaving" || hold.current === "at-new") restSoon();
      return after;
    },
    reshaped,
    toEnd: () => {
      goTo("stuck");
      follow();
    },
    release,
    toItem: (index, align = "center") => {
      // Where that ends decides whether it stays with the end.
      if (hold.current !== "free") goTo("leaving");
      if (align === "start") toNew(index);
      else list.current?.scrollToIndex(index, { align });
      restSoon();
    },
  };
}

/** Calls back once nothing has moved for a while, and everything drawn by then is measured. */
function afterRest(act: () => void): () => void {
  let frame: number | undefined;
  const timer = setTimeout(() => {
    frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(act);
    });
  }, REST_MS);
  return () => {
    clearTimeout(timer);
    if (frame !== undefined) cancelAnimationFrame(frame);
  };
}

/** Calls back whenever the user scrolls, by any means; returns a function that stops it. */
function listenForReach(
  element: HTMLElement,
  {
    reach,
    toTop,
  }: { readonly reach: (up: boolean, px: number) => void; readonly toTop: () => void },
): () => void {
  let touchedAt = 0;
  const ended = new AbortController();
  const options = { passive: true, signal: ended.signal };
  element.addEventListener(
    "wheel",
    // With Ctrl, it zooms.
    ({ deltaY, ctrlKey }) => deltaY !== 0 && !ctrlKey && reach(deltaY < 0, deltaY),
    options,
  );
  element.addEventListener(
    "keydown",
    (event) => {
      const { key, target, altKey } = event;
      if (SCROLL_KEYS.test(key)) reach(key.endsWith("Up"), 0);
      if (key !== "Home" || altKey || event.defaultPrevented) return;
      // In a field or a menu, it goes elsewhere.
      if (!(target instanceof Element && target.matches("[role=log], [data-row]"))) return;
      event.preventDefault();
      toTop();
    },
    { signal: ended.signal },
  );
  element.addEventListener(
    "touchstart",
    ({ touches }) => {
      touchedAt = touches[0]?.clientY ?? 0;
    },
    options,
  );
  element.addEventListener(
    "touchmove",
    ({ touches }) => {
      const at = touches[0]?.clientY ?? touchedAt;
      if (at !== touchedAt) reach(at > touchedAt, 0);
    },
    options,
  );
  element.addEventListener(
    "pointerdown",
    // On the scroll bar itself.
    ({ target, offsetX }) => target === element && offsetX > element.clientWidth && reach(true, 0),
    options,
  );
  return () => ended.abort();
}
