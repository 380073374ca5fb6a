import { useEffect, useRef, type RefObject } from "react";
import type { VirtualizerHandle } from "virtua";
import { nextHold, type Hold, type Scroll, type StickEvent } from "./stick.ts";

/** After this long without a movement, in ms, a reach towards the top has ended. */
const REST_MS = 150;
const UP_KEYS: ReadonlySet<string> = new Set(["ArrowUp", "PageUp", "Home"]);

/** Keeps a list at its end while the reader is there. */
export interface Stick {
  /** The list was scrolled, by whomever; gives where to. */
  readonly scrolled: () => Scroll | undefined;
  /** The list or its view has another size. */
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

  const latest = useRef(reachUp);
  useEffect(() => {
    latest.current = reachUp;
  });
  useEffect(() => {
    const element = scroller.current;
    const stop = element && listenForReach(element, () => latest.current());
    return () => {
      stop?.();
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
