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
import { lazyComponent } from "../../ui/lazy.tsx";
import { useStick } from "./stick.ts";

/** How far beyond the view lines are drawn, in px. */
const BUFFER_PX = 300;
/**
 * While the list stays with its end, so many of the last lines are drawn at once, about a view full:
 * else those that come are only drawn when it has been scrolled to where they will be.
 */
const LAST_LINES = 14;
/** The reader is near the top, in px: the page before should be on its way. */
const NEAR_TOP_PX = 600;

const LazyPrintout = lazyComponent(async () => (await import("./printout.tsx")).Printout);

/** What whoever holds the list can ask of it. */
export interface MessageListHandle {
  /** Goes to the last line, and stays with it. */
  toEnd: () => void;
  /** Brings a line to the middle of the view. */
  toItem: (index: number) => void;
  /** Takes the keyboard focus. */
  focus: () => void;
}

/**
 * The list of a room's messages, of which only those near the view are drawn. It stays with the
 * last line while the reader is there, and keeps the text under the eye where it is while lines are
 * put before the first.
 */
export function MessageList<T extends { readonly key: string }>({
  ref,
  items,
  prepended,
  kept,
  stuck,
  children,
  onStuck,
  onNearTop,
  onLow,
}: {
  ref: Ref<MessageListHandle>;
  items: readonly T[];
  /** The last change was at the top. */
  prepended: boolean;
  /** The place of a line that stays drawn when it goes out of view, such as one with the focus. */
  kept: number | undefined;
  /** What was told last by `onStuck`. */
  stuck: boolean;
  children: (item: T) => ReactElement;
  /** The reader came to the end of the list, or went away from it. */
  onStuck: (stuck: boolean) => void;
  onNearTop: () => void;
  /** All of the list is in view, so that nobody can scroll to what comes before it. */
  onLow: () => void;
}) {
  const list = useRef<VirtualizerHandle>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const stick = useStick(scroller, list, items.length, onStuck);

  const hintId = useId();
  const placed = usePlaced(items.length > 1);

  const scrolled = () => {
    const scroll = stick.scrolled();
    if (scroll && scroll.offset < NEAR_TOP_PX && scroll.size > scroll.view) onNearTop();
  };

  const reshaped = () => {
    stick.reshaped();
    const [handle, element] = [list.current, scroller.current];
    if (handle && element && handle.scrollSize <= element.clientHeight) onLow();
  };

  useLayoutEffect(reshaped);
  useImperativeHandle(ref, () => ({
    toEnd: stick.toEnd,
    toItem: stick.toItem,
    focus: () => scroller.current?.focus(),
  }));

  return (
    <div
      ref={scroller}
      role="log"
      data-focus-home="messages"
      aria-label="Messages"
      aria-describedby={hintId}
      // New messages are announced apart, so that drawing older ones while scrolling says nothing.
      aria-live="off"
      // Scrolled by keyboard, too.
      tabIndex={0}
      // Until it has been measured and stands at its end, nobody is shown how it gets there.
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
        keepMounted={mountedPlaces(items.length, stuck, kept)}
        onScroll={scrolled}
        onResize={reshaped}
      >
        {children}
      </Virtualizer>
    </div>
  );
}

/** Whether lines that are there have been measured: they are in the frame after they were drawn. */
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

/** The places that are drawn wherever the view is. */
function mountedPlaces(count: number, stuck: boolean, kept: number | undefined): number[] {
  const last = stuck ? Math.min(LAST_LINES, count) : 0;
  const places = Array.from({ length: last }, (_, i) => count - last + i);
  return kept === undefined || kept >= count - last ? places : [kept, ...places];
}
