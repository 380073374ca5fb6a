import { unreachable } from "@parley/protocol";
import { type RefObject, useEffect, useRef } from "react";
import type { VirtualizerHandle } from "virtua";

/** Where a list is scrolled to, in px. */
interface Scroll {
  /** From the top of the list to the top of the view. */
  readonly offset: number;
  /** The whole list. */
  readonly size: number;
  readonly view: number;
}

/** Whether a list stays with its end. */
export type Hold =
  /** It does: what comes in scrolls it on. */
  | "stuck"
  /** The reader is scrolling up; where that ends decides. */
  | "leaving"
  /** The reader is further up. */
  | "free";

/** What happens to a list. */
type StickEvent =
  /** The reader turns the wheel, drags or presses a key towards the top. */
  | { readonly type: "reach-up" }
  | { readonly type: "scroll"; readonly before: Scroll; readonly after: Scroll }
  /** The view has another size. */
  | { readonly type: "resize"; readonly scroll: Scroll }
  /** Nothing has moved for a while. */
  | { readonly type: "rest"; readonly scroll: Scroll };

/** Whoever is this close to the end, in px, stays with it. */
const STICK_PX = 50;

/**
 * Whether the list stays with its end after an event. A list that grew, and a view of another size,
 * let nobody go; a reader who scrolls up gets away even while messages pour in.
 */
export function nextHold(hold: Hold, event: StickEvent): Hold {
  switch (event.type) {
    case "reach-up":
      return hold === "stuck" ? "leaving" : hold;
    case "resize":
      // A view that has grown down to the end shows it, wherever the reader was before.
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
      // An offset also falls where the list became shorter or the view taller, such as by a keyboard
      // on the screen that goes away; that is no reader scrolling.
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

/** After this long without a movement, in ms, a reach towards the top has ended. */
const REST_MS = 150;
const UP_KEYS: ReadonlySet<string> = new Set(["ArrowUp", "PageUp", "Home"]);

/** Keeps a list at its end while the reader is there. */
interface Stick {
  /** The list was scrolled, by whomever; gives where to. */
  readonly scrolled: () => Scroll | undefined;
  /** The list has another size. */
  readonly reshaped: () => void;
  /** Goes to the end and stays there. */
  readonly toEnd: () => void;
  /** Brings a line to the middle of the view. */
  readonly toItem: (index: number) => void;
}

/**
 * @param scroller the element that scrolls
 * @param list the virtual list in it
 * @param count how many lines it has
 * @param onStuck tells when the reader comes to the end, and when they have left it
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
    // What the list knows of the view is older than a scroll that the view's new size brings about.
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
      // Where that ends decides whether it stays with the end.
      if (hold.current === "stuck") hold.current = "leaving";
      list.current?.scrollToIndex(index, { align: "center" });
      restSoon();
    },
  };
}

/** Tells whenever the reader reaches for what is further up, by any means; gives the way to stop. */
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
