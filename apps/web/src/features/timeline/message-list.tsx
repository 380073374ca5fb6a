import {
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  type ReactElement,
  type Ref,
} from "react";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import { classNames } from "../../ui/class-names.ts";
import { lazyComponent, onceShown } from "../../ui/lazy.tsx";
import type { ListView } from "./list-view.ts";
import { type Hold, useStick } from "./stick.ts";

/** How far beyond the view rows are drawn, in px. */
const BUFFER_PX = 300;
/**
 * While the list sticks to its end, this many last rows are always drawn, about a view full.
 * Otherwise new rows would be drawn only after scrolling to where they will be.
 */
const LAST_LINES = 14;
/** Closer to the top than this, in px, the page before is loaded. */
const NEAR_TOP_PX = 600;
/** The day and the author cover this much of the top of the list, in px. */
const ABOVE_PX = 34;

const LazyPrintout = lazyComponent(
  onceShown(async () => (await import("./printout.tsx")).Printout),
);

/** What the owner of the list can call. */
export interface MessageListHandle {
  /** Scrolls to the last row, and sticks to it. */
  toEnd: () => void;
  /** Scrolls a row to the middle of the view, or near its top. */
  toItem: (index: number, align?: "center" | "start") => void;
  /** Lets go of its end: a row is about to have another height. */
  release: () => void;
  /** Takes the keyboard focus. */
  focus: () => void;
}

/**
 * The list of a room's messages; only rows near the view are drawn. It sticks to the last row while
 * the user is there, and keeps the visible text in place while rows are prepended.
 */
export function MessageList<T extends { readonly key: string }>({
  ref,
  label,
  items,
  prepended,
  kept,
  newPlace,
  isOpen,
  hold,
  children,
  onHold,
  onView,
  onNearTop,
  onLow,
}: {
  ref: Ref<MessageListHandle>;
  /** Its accessible name. */
  label: string;
  items: readonly T[];
  /** The last change was at the top. */
  prepended: boolean;
  /** The index of a row that stays drawn outside the view, such as a focused one. */
  kept: number | undefined;
  /** The index of the "New" line, at which the list opens; without it, it opens at its end. */
  newPlace: number | undefined;
  /** Everything is loaded that the room opens with; until then, that line may still come. */
  isOpen: boolean;
  /** The last value that `onHold` was called with. */
  hold: Hold;
  children: (item: T) => ReactElement;
  /** The list holds on to something else. */
  onHold: (hold: Hold) => void;
  /** Other rows may be in view. */
  onView: (view: ListView) => void;
  onNearTop: () => void;
  /** The whole list is visible, so that the user cannot scroll up to load older messages. */
  onLow: () => void;
}) {
  const list = useRef<VirtualizerHandle>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const stick = useStick(scroller, list, { count: items.length, newPlace, isOpen }, onHold);

  const hintId = useId();
  const placed = usePlaced(items.length > 1);

  const tellView = () => {
    const [handle, element] = [list.current, scroller.current];
    if (!handle || !element) return;
    const top = handle.scrollOffset;
    const under = handle.findItemIndex(top + ABOVE_PX);
    const bottom = top + element.clientHeight + 1;
    const cut = handle.findItemIndex(bottom);
    const isWhole = handle.getItemOffset(cut) + handle.getItemSize(cut) <= bottom;
    onView({
      first: handle.findItemIndex(top),
      under,
      isCut: handle.getItemOffset(under) < top,
      lastWhole: isWhole ? cut : cut - 1,
    });
  };

  const scrolled = () => {
    const scroll = stick.scrolled();
    tellView();
    if (scroll && scroll.offset < NEAR_TOP_PX && scroll.size > scroll.view) onNearTop();
  };

  const reshaped = () => {
    stick.reshaped();
    tellView();
    const [handle, element] = [list.current, scroller.current];
    if (handle && element && handle.scrollSize <= element.clientHeight) onLow();
  };

  useLayoutEffect(reshaped);
  useImperativeHandle(ref, () => ({
    toEnd: stick.toEnd,
    toItem: stick.toItem,
    release: stick.release,
    focus: () => scroller.current?.focus(),
  }));

  return (
    <div
      ref={scroller}
      role="log"
      data-focus-home="messages"
      aria-label={label}
      aria-describedby={hintId}
      // New messages are announced separately, so that drawing older ones while scrolling says
      // nothing.
      aria-live="off"
      // Can be scrolled by keyboard, too.
      tabIndex={0}
      // Hidden until it is measured and at its end, so that nobody sees it move there.
      className={classNames(
        !placed && "*:invisible",
        "flex h-full flex-col overflow-x-clip overflow-y-auto overscroll-contain [overflow-anchor:none] focus-visible:-outline-offset-2",
      )}
    >
      <p id={hintId} hidden>
        Arrow keys go from message to message. Enter opens what can be done with one.
      </p>
      <LazyPrintout>{() => items.map(children)}</LazyPrintout>
      <div className="grow" />
      <Virtualizer
        ref={list}
        data={items}
        bufferSize={BUFFER_PX}
        shift={prepended}
        keepMounted={mountedPlaces(items.length, hold, kept)}
        onScroll={scrolled}
        onResize={reshaped}
      >
        {children}
      </Virtualizer>
    </div>
  );
}

/** Whether existing rows are measured: they are in the frame after they were drawn. */
function usePlaced(hasLines: boolean): boolean {
  const [placed, setPlaced] = useState(false);
  useEffect(() => {
    if (!hasLines || placed) return undefined;
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => setPlaced(true));
    });
    return () => cancelAnimationFrame(frame);
  }, [hasLines, placed]);
  return placed;
}

/** The indexes that are drawn regardless of the view. */
function mountedPlaces(count: number, hold: Hold, kept: number | undefined): number[] {
  const last = hold === "stuck" || hold === "opening" ? Math.min(LAST_LINES, count) : 0;
  const places = Array.from({ length: last }, (_, i) => count - last + i);
  return kept === undefined || kept >= count - last ? places : [kept, ...places];
}
