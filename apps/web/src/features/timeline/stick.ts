import { unreachable } from "@parley/protocol";
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import type { VirtualizerHandle } from "virtua";
import { listenForReach, watchOwnScrolls, type Moved, type OwnScrolls } from "./scrolls.ts";

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
  /** The user turns the wheel, moves a finger or presses a key: towards the top, or the end. */
  | { readonly type: "reach"; readonly up: boolean }
  /** It was scrolled to here; `moved` is what the user did. */
  | { readonly type: "scroll"; readonly moved: Moved; readonly scroll: Scroll }
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
      return afterScroll(hold, event.moved, event.scroll);
    default:
      return unreachable(event);
  }
}

function afterScroll(hold: Hold, moved: Moved, scroll: Scroll): Hold {
  switch (hold) {
    case "opening":
      return hold;
    case "at-new":
      return moved ? "leaving" : hold;
    case "stuck":
      return moved === "up" ? "leaving" : hold;
    case "leaving":
      return hold;
    case "free":
      return moved === "up" ? hold : byDistance(scroll);
    default:
      return unreachable(hold);
  }
}

function byDistance({ offset, size, view }: Scroll, further: Hold = "free"): Hold {
  return size - offset - view <= STICK_PX ? "stuck" : further;
}

/** After this long without a movement, in ms, a reach has ended. */
const REST_MS = 150;
/** After a scroll to a row, the list still follows that row for this long, in ms, as it is measured. */
const UNDER_WAY_MS = 200;
/** How much of what was read is above the "New" line when a room opens, in px. */
const LEAD_PX = 64;

function now(): number {
  return performance.now();
}

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
  const own = useRef<OwnScrolls>(undefined);
  const isGripped = useRef(false);
  const callOffRest = useRef<() => void>(undefined);
  const underWayAt = useRef(Number.NEGATIVE_INFINITY);

  const isUnderWay = () => now() - underWayAt.current < UNDER_WAY_MS;
  const toRow = (index: number, to: { align: "start" | "center"; offset?: number }) => {
    underWayAt.current = now();
    list.current?.scrollToIndex(index, to);
  };
  const toNew = (place: number) => toRow(place, { align: "start", offset: -LEAD_PX });
  /** Ends a scroll to a row that is still under way: it would take the user back. */
  const keepPlace = () => {
    const [handle, element] = [list.current, scroller.current];
    if (!handle || !element || !isUnderWay()) return;
    const row = handle.findItemIndex(element.scrollTop);
    toRow(row, { align: "start", offset: element.scrollTop - handle.getItemOffset(row) });
  };
  const follow = () => {
    noteMoved();
    if (isUnderWay()) underWayAt.current = now();
    // It would take the bar from under the pointer, and move what a finger is on.
    if (hold.current === "stuck" && isGripped.current) return;
    const opensAtNew = hold.current === "opening" || hold.current === "at-new";
    if (opensAtNew && newPlace !== undefined) toNew(newPlace);
    else if (hold.current === "opening" || hold.current === "stuck") {
      if (isUnderWay()) list.current?.scrollToIndex(count - 1, { align: "end" });
      own.current?.toEnd();
    }
  };
  const measure = (): Scroll | undefined => {
    const element = scroller.current;
    if (!element) return undefined;
    return {
      offset: element.scrollTop,
      size: element.scrollHeight,
      view: element.clientHeight,
    };
  };
  const goTo = (next: Hold) => {
    if (next === hold.current) return;
    hold.current = next;
    onHold(next);
  };
  const take = (event: StickEvent) => goTo(nextHold(hold.current, event));
  const rest = () => {
    const scroll = measure();
    // Held near its end, it may still go either way.
    if (!scroll || (isGripped.current && byDistance(scroll) === "stuck")) return;
    take({ type: "rest", scroll });
    follow();
  };
  const restSoon = () => {
    callOffRest.current?.();
    callOffRest.current = afterRest(() => latest.current.rest());
  };
  /** Also before the list scrolls itself: the event of what the user did may still be to come. */
  const noteMoved = () => {
    const [moved, scroll] = [own.current?.takeMoved(), measure()];
    if (moved && scroll) moveTo(scroll, moved);
  };
  const moveTo = (scroll: Scroll, moved: Moved) => {
    take({ type: "scroll", moved, scroll });
    if (moved) keepPlace();
    if (hold.current === "leaving" || hold.current === "at-new") restSoon();
  };
  const reach = (up: boolean) => {
    take({ type: "reach", up });
    if (hold.current === "leaving") keepPlace();
    restSoon();
  };
  const grip = (isHeld: boolean) => {
    if (isGripped.current === isHeld) return;
    isGripped.current = isHeld;
    restSoon();
  };
  const release = () => {
    goTo("leaving");
    // A scroll that is still going on would move the row as it changes.
    keepPlace();
    restSoon();
  };
  const toTop = () => {
    goTo("leaving");
    toRow(0, { align: "start" });
    restSoon();
  };
  const reshaped = () => {
    if (isOpen) take({ type: "opened", hasNew: newPlace !== undefined });
    follow();
    if (isOpen && hold.current === "opening") restSoon();
  };
  const resized = () => {
    noteMoved();
    const scroll = measure();
    if (scroll) take({ type: "resize", scroll });
    follow();
  };

  const latest = useRef({ follow, reach, grip, resized, rest, toTop });
  useLayoutEffect(() => {
    latest.current = { follow, reach, grip, resized, rest, toTop };
  });
  useLayoutEffect(() => {
    if (!scroller.current) return undefined;
    const watched = watchOwnScrolls(scroller.current);
    own.current = watched;
    return watched.stop;
  }, [scroller]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const stop = listenForReach(element, {
      onReach: (up) => latest.current.reach(up),
      onGrip: (isHeld) => latest.current.grip(isHeld),
      onTop: () => latest.current.toTop(),
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
      const [moved, scroll] = [own.current?.takeMoved(), measure()];
      if (scroll) moveTo(scroll, moved);
      return scroll;
    },
    reshaped,
    toEnd: () => {
      own.current?.takeMoved();
      goTo("stuck");
      follow();
    },
    release,
    toItem: (index, align = "center") => {
      // Where that ends decides whether it stays with the end.
      if (hold.current !== "free") goTo("leaving");
      if (align === "start") toNew(index);
      else toRow(index, { align });
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
