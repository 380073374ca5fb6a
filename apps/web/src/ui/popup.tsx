import { useEffectEvent, useLayoutEffect, useRef, type MouseEvent, type ReactNode } from "react";
import { classNames } from "./class-names.ts";
import type { Icon } from "@tabler/icons-react";

/** So narrow that popups come up from the lower edge of the window. */
const NARROW = "(width < 40rem)";

/**
 * A popup beside its button, above everything else. Escape and a click elsewhere close it, and the
 * browser returns the focus. Items that arrow keys can reach are marked with `data-step`.
 */
export function Popup({
  beside,
  role,
  label,
  onClose,
  children,
}: {
  beside: Box;
  role: "menu" | "dialog";
  label: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const closed = useEffectEvent(onClose);
  const narrow = window.matchMedia(NARROW).matches;

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const ended = new AbortController();
    const { signal } = ended;
    const toggled = ({ newState }: ToggleEvent) => newState === "closed" && closed();
    element.addEventListener("toggle", toggled, { signal });
    element.addEventListener("keydown", (event) => steps(element, event), { signal });
    closeByTapElsewhere(element, signal);
    // On some systems the key that opened it opens the browser's menu when it is released.
    element.addEventListener("contextmenu", (event) => event.preventDefault(), { signal });
    if (!element.matches(":popover-open")) element.showPopover();
    if (!narrow) {
      const size = { width: element.offsetWidth, height: element.offsetHeight };
      const view = { width: window.innerWidth, height: window.innerHeight };
      const { left, top } = placeBeside(beside, size, view);
      element.style.left = `${left}px`;
      element.style.top = `${top}px`;
    }
    (element.querySelector<HTMLElement>("[data-first]") ?? element).focus();
    return () => ended.abort();
  }, [beside, narrow]);

  return (
    <div
      ref={box}
      popover="auto"
      role={role}
      aria-label={label}
      tabIndex={-1}
      className={classNames(
        "fixed m-0 max-h-[calc(100dvh-1rem)] bg-raised p-1.5 text-ink shadow-high ring-1 ring-line outline-none",
        narrow
          ? "inset-x-0 top-auto bottom-0 w-full max-w-none animate-rise rounded-t-lg pb-[max(0.75rem,env(safe-area-inset-bottom))] backdrop:bg-veil"
          : "inset-auto animate-appear rounded-md",
      )}
    >
      {children}
    </div>
  );
}

/** Closes the popup that contains an element; the focus returns to where it was. */
export function closePopup(within: Element): void {
  within.closest<HTMLElement>("[popover]")?.hidePopover();
}

/**
 * Closes a popup on a tap or click elsewhere than in it or on its button: Safari before 18.3 does not.
 * (WebKit bug 267688)
 */
export function closeByTapElsewhere(popup: HTMLElement, signal: AbortSignal): void {
  const isElsewhere = ({ target }: Event) =>
    target instanceof Element &&
    !popup.contains(target) &&
    !target.closest(`[popovertarget="${popup.id}"]`);
  let beganElsewhere = false;
  const began = (event: Event) => (beganElsewhere = isElsewhere(event));
  const ended = (event: Event) => beganElsewhere && isElsewhere(event) && popup.hidePopover();
  document.addEventListener("pointerdown", began, { signal });
  document.addEventListener("pointerup", ended, { signal });
}

/** Moves between items by arrow keys; Tab closes a menu, as is usual. */
function steps(popup: HTMLElement, event: KeyboardEvent): void {
  const { key, target } = event;
  if (key === "Tab" && popup.role === "menu") {
    event.preventDefault();
    closePopup(popup);
    return;
  }
  const things = [...popup.querySelectorAll<HTMLElement>("[data-step]")];
  const from = things.indexOf(target as HTMLElement);
  // From a text field, or from the popup as a whole, only arrow down leads to the items.
  if (from === -1 && key !== "ArrowDown") return;
  const boxes = things.map((thing) => thing.getBoundingClientRect());
  const isMirrored = getComputedStyle(popup).direction === "rtl";
  const next = things[from === -1 ? 0 : (stepTo(boxes, from, key, isMirrored) ?? -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** A rectangle on the page or in the window, in px. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The distance of a menu from its button, and from the edges of the window, in px. */
const GAP_PX = 4;
const EDGE_PX = 8;

/**
 * Where to place a menu: below its button or else above it, along its nearer edge, and completely
 * inside the window if that is large enough.
 */
export function placeBeside(
  beside: Box,
  size: Pick<Box, "width" | "height">,
  view: Pick<Box, "width" | "height">,
): Pick<Box, "left" | "top"> {
  const isAtRight = beside.left + beside.width / 2 > view.width / 2;
  const left = isAtRight ? beside.left + beside.width - size.width : beside.left;
  const under = beside.top + beside.height + GAP_PX;
  const above = beside.top - size.height - GAP_PX;
  const fitsUnder = under + size.height + EDGE_PX <= view.height;
  return {
    left: within(left, view.width - size.width),
    top: within(fitsUnder ? under : above, view.height - size.height),
  };
}

function within(at: number, room: number): number {
  return Math.max(EDGE_PX, Math.min(at, room - EDGE_PX));
}

/** The keys that move along the rows. */
const ROW_KEYS: ReadonlyMap<string, 1 | -1> = new Map([
  ["ArrowRight", 1],
  ["ArrowLeft", -1],
]);
const COLUMN_KEYS: ReadonlyMap<string, 1 | -1> = new Map([
  ["ArrowDown", 1],
  ["ArrowUp", -1],
]);

/**
 * Which item an arrow key moves to, by position: along the rows, which continue into each other, or
 * to the nearest in the row above or below.
 * @param boxes in reading order
 * @param from the index of the present item
 * @param isMirrored rows run from right to left
 * @returns the index of the next; undefined if there is none
 */
export function stepTo(
  boxes: readonly Box[],
  from: number,
  key: string,
  isMirrored = false,
): number | undefined {
  const start = boxes[from];
  if (!start) return undefined;
  if (key === "Home") return 0;
  if (key === "End") return boxes.length - 1;
  const along = ROW_KEYS.get(key);
  if (along !== undefined) {
    return (from + (isMirrored ? -along : along) + boxes.length) % boxes.length;
  }
  const down = COLUMN_KEYS.get(key);
  return down === undefined ? undefined : nearestBeyond(boxes, start, down);
}

function nearestBeyond(boxes: readonly Box[], start: Box, down: 1 | -1): number | undefined {
  const beyond = boxes.flatMap((box, place) => {
    const away = (box.top - start.top) * down;
    const aside = Math.abs(box.left + box.width / 2 - start.left - start.width / 2);
    return away > start.height / 2 ? [{ place, away, aside }] : [];
  });
  beyond.sort((a, b) => a.away - b.away || a.aside - b.aside);
  return beyond[0]?.place;
}

/** An item of a menu that is a Popup. */
export function MenuEntry({
  name,
  Icon,
  first = false,
  isGrave = false,
  onClick,
}: {
  name: string;
  Icon: Icon;
  /** It takes the focus. */
  first?: boolean;
  /** It deletes something. */
  isGrave?: boolean;
  onClick: (event: MouseEvent<HTMLElement>) => void;
}) {
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      data-step=""
      data-first={first ? "" : undefined}
      onClick={onClick}
      className={classNames(
        "flex h-9 w-full items-center gap-3 rounded-sm px-2.5 text-start hover:bg-hover focus-visible:bg-hover touch:h-12",
        isGrave && "text-danger",
      )}
    >
      <Icon aria-hidden="true" size={18} stroke={1.8} />
      {name}
    </button>
  );
}
