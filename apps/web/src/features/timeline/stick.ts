import { unreachable } from "@parley/protocol";

/** Where a list is scrolled to, in px. */
export interface Scroll {
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
export type StickEvent =
  /** The reader turns the wheel, drags or presses a key towards the top. */
  | { readonly type: "reach-up" }
  | { readonly type: "scroll"; readonly before: Scroll; readonly after: Scroll }
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
