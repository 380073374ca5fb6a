/** A place on the page or in the window, in px. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** How far a menu stays from what it belongs to, and from the edges of the window, in px. */
const GAP_PX = 4;
const EDGE_PX = 8;

/**
 * Where a menu stands: under what it belongs to or else above it, along its nearer edge, and whole
 * within the window where that is large enough.
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

/** Keys that go from one thing to the next. */
const ROW_KEYS: ReadonlyMap<string, 1 | -1> = new Map([
  ["ArrowRight", 1],
  ["ArrowLeft", -1],
]);
const COLUMN_KEYS: ReadonlyMap<string, 1 | -1> = new Map([
  ["ArrowDown", 1],
  ["ArrowUp", -1],
]);

/**
 * Which of several things a key leads to, going by where they stand: along their rows, which go on
 * into one another, or to the nearest in the row above or below.
 * @param boxes in the order of reading
 * @param from the place of the one that the key was pressed at
 * @returns its place; undefined where the key leads to none
 */
export function stepTo(boxes: readonly Box[], from: number, key: string): number | undefined {
  const start = boxes[from];
  if (!start) return undefined;
  if (key === "Home") return 0;
  if (key === "End") return boxes.length - 1;
  const along = ROW_KEYS.get(key);
  if (along !== undefined) return (from + along + boxes.length) % boxes.length;
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
