import { createContext, type ReactNode } from "react";
import { lazyComponent } from "../../ui/lazy.tsx";

/** Messages of more lines than this are folded. */
const LINES_MAX = 24;
/** The widest line, what is beside it on a phone, and a usual character, in px. */
const LINE_PX = 580;
const BESIDE_PX = 110;
const CHAR_PX = 7.2;

/** Whether a text takes so many lines that it is folded; estimated, so that nothing moves later. */
export function isLong(text: string): boolean {
  const chars = Math.min(LINE_PX, window.innerWidth - BESIDE_PX) / CHAR_PX;
  let lines = 0;
  // Blank lines are drawn as one.
  for (const line of text.replaceAll(/\n{3,}/g, "\n\n").split("\n")) {
    lines += Math.max(1, Math.ceil(line.length / chars));
  }
  return lines > LINES_MAX;
}

/** What the list of messages does as one of them is folded or unfolded. */
export interface FoldingList {
  /** Lets go of its end, so that the text under the eye stays. */
  readonly release: () => void;
  /** Scrolls to the beginning of a row. */
  readonly toRow: (row: string) => void;
}

export const FoldingListContext = createContext<FoldingList | undefined>(undefined);

export interface FoldProps {
  /** See `rowKey`. */
  readonly row: string;
  /** Beside the button, or below the text. */
  readonly foot: ReactNode;
  readonly children: ReactNode;
}

/** A long message, folded; fetched with the first one. */
export const LazyFold = lazyComponent(
  async () => (await import("./fold.tsx")).Fold,
  ({ foot, children }: FoldProps) => (
    <>
      {children}
      {foot}
    </>
  ),
  ({ foot, children }: FoldProps) => (
    <>
      <div className="fold">{children}</div>
      <div className="flex h-9 items-end justify-end">{foot}</div>
    </>
  ),
);
