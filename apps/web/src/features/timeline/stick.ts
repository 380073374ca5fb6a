import { unreachable } from "@parley/protocol";
import { type RefObject, useEffect, useRef } from "react";
import type { VirtualizerHandle } from "virtua";

/** The scroll position of a list, in px. */
interface Scroll {
  /** From the top of the list to the top of the view. */
  readonly offset: number;
  /** The height of the whole list. */
  readonly size: number;
  readonly view: number;
}

/** Whether a list sticks to its end. */
export type Hold =
  /** It does: new rows scroll it on. */
  | "stuck"
  /** The user is scrolling up; where that ends decides. */
  | "leaving"
  /** The user is further up. */
  | "free";

/** The events of a list. */
type StickEvent =
  /** The user turns the wheel, drags or presses a key towards the top. */
  | { readonly type: "reach-up" }
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
    case "reach-up":
      return hold === "stuck" ? "leaving" : hold;
    case "resize":
      // A view that has grown down to the end shows it, wherever the user was before.
      return hold === "free" ? byDistance(event.scroll) : hold;
    case "rest":
      return hold === "leaving" ? byDistance(event.scroll) : hold;
    case "scroll":
      return afterScroll(hold, event.before, event.after);
    default:
      return unreachable(event);
  }
}

function afterScroll(hold: Hold, before: Scroll, after: Scroll): Hold {
  const up = after.offset < before.offset;
  switch (hold) {
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

function byDistance({ offset, size, view }: Scroll): Hold {
  return size - offset - view <= STICK_PX ? "stuck" : "free";
}

/** After this long without a movement, in ms, an attempt to scroll up has ended. */
const REST_MS = 150;
const UP_KEYS: ReadonlySet<string> = new Set(["ArrowUp", "PageUp", "Home"]);

/** Keeps a list at its end while the user is there. */
interface Stick {
  /** Call it when the list was scrolled, by any means. Returns the position. */
  readonly scrolled: () => Scroll | undefined;
  /** Call it when the list has another size. */
  readonly reshaped: () => void;
  /** Scrolls to the end and sticks to it. */
  readonly toEnd: () => void;
  /** Scrolls a row to the middle of the view. */
  readonly toItem: (index: number) => void;
}

/**
 * @param scroller the element that scrolls
 * @param list the virtual list in it
 * @param count how many rows it has
 * @param onStuck called when the user reaches the end, and when they have left it
 */
export function useStick(
  scroller: RefObject<HTMLElement | null>,
  list: RefObject<VirtualizerHandle | null>,
  count: number,
  onStuck: (stuck: boolean) => void,
): Stick {
  const hold = useRef<Hold>("stuck");
  const last = useRef<Scroll>({ offset: 0, size: 0, view: 0 });
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);

  const follow = () => {
    if (hold.current === "stuck") list.current?.scrollToIndex(count - 1, { align: "end" });
  };
  const measure = (): Scroll | undefined => {
    const [handle, element] = [list.current, scroller.current];
    if (!handle || !element) return undefined;
    // The list's own size of the view is older than a scroll that the resize causes.
    return { offset: handle.scrollOffset, size: handle.scrollSize, view: element.clientHeight };
  };
  const take = (event: StickEvent) => {
    const before = hold.current;
    hold.current = nextHold(before, event);
    if ((before === "free") !== (hold.current === "free")) onStuck(hold.current !== "free");
  };
  const restSoon = () => {
    clearTimeout(resting.current);
    resting.current = setTimeout(() => {
      const scroll = measure();
      if (scroll) take({ type: "rest", scroll });
      follow();
    }, REST_MS);
  };
  const reachUp = () => {
    take({ type: "reach-up" });
    restSoon();
  };

  const resized = () => {
    const scroll = measure();
    if (scroll) take({ type: "resize", scroll });
    follow();
  };

  const latest = useRef({ reachUp, resized });
  useEffect(() => {
    latest.current = { reachUp, resized };
  });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const stop = listenForReach(element, () => latest.current.reachUp());
    const observer = new ResizeObserver(() => latest.current.resized());
    observer.observe(element);
    return () => {
      stop();
      observer.disconnect();
      clearTimeout(resting.current);
    };
  }, [scroller]);

  return {
    scrolled: () => {
      const after = measure();
      if (!after) return undefined;
      take({ type: "scroll", before: last.current, after });
      last.current = after;
      if (hold.current === "leaving") restSoon();
      return after;
    },
    reshaped: follow,
    toEnd: () => {
      if (hold.current === "free") onStuck(true);
      hold.current = "stuck";
      follow();
    },
    toItem: (index) => {
      // Where that ends decides whether it sticks to the end.
      if (hold.current === "stuck") hold.current = "leaving";
      list.current?.scrollToIndex(index, { align: "center" });
      restSoon();
    },
  };
}

/** Calls back whenever the user scrolls up, by any means; returns a function that stops it. */
function listenForReach(element: HTMLElement, reachUp: () => void): () => void {
  let touchedAt = 0;
  const ended = new AbortController();
  const options = { passive: true, signal: ended.signal };
  element.addEventListener("wheel", ({ deltaY }) => deltaY < 0 && reachUp(), options);
  element.addEventListener("keydown", ({ key }) => UP_KEYS.has(key) && reachUp(), options);
  element.addEventListener(
    "touchstart",
    ({ touches }) => {
      touchedAt = touches[0]?.clientY ?? 0;
    },
    options,
  );
  element.addEventListener(
    "touchmove",
    ({ touches }) => (touches[0]?.clientY ?? 0) > touchedAt && reachUp(),
    options,
  );
  element.addEventListener(
    "pointerdown",
    // On the scroll bar itself.
    ({ target, offsetX }) => target === element && offsetX > element.clientWidth && reachUp(),
    options,
  );
  return () => ended.abort();
}
