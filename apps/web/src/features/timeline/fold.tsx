import { useContext, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { DrawWhole } from "../formatting/use-drawing.ts";
import { classNames } from "../../ui/class-names.ts";
import { rowAround } from "../messages/row-elements.ts";
import { type FoldProps, FoldingListContext } from "./lazy-fold.tsx";

/** The rows that are unfolded on this page: a row that leaves the view is drawn again later. */
const unfolded = new Set<string>();

/** A long message; only its beginning is shown until the user wants all of it. */
export function Fold({ row, foot, children }: FoldProps) {
  const isPrinted = useContext(DrawWhole);
  const list = useContext(FoldingListContext);
  const [isOpen, setIsOpen] = useState(() => unfolded.has(row));
  const [fits, setFits] = useState(false);
  const content = useRef<HTMLDivElement>(null);
  // Whether it is long was estimated, and a long text is drawn bit by bit.
  useEffect(() => {
    const element = content.current;
    if (!element || isOpen) return undefined;
    const observer = new ResizeObserver(() =>
      setFits(element.scrollHeight <= element.clientHeight),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [isOpen]);
  if (isPrinted) {
    return (
      <>
        {children}
        {foot}
      </>
    );
  }

  const unfold = () => {
    unfolded.add(row);
    list?.release();
    setIsOpen(true);
  };
  const fold = (line: HTMLElement | undefined) => {
    unfolded.delete(row);
    list?.release();
    flushSync(() => setIsOpen(false));
    const top = line?.closest("[role=log]")?.getBoundingClientRect().top ?? 0;
    // What was read last is gone: the message shows its beginning instead.
    if (line && line.getBoundingClientRect().top < top) list?.toRow(row);
  };
  /** The keyboard has reached a link or code that is out of sight. */
  const focused = (target: Element) => {
    const bottom = content.current?.getBoundingClientRect().bottom ?? 0;
    if (!isOpen && target.getBoundingClientRect().bottom > bottom) unfold();
  };
  return (
    <>
      <div
        ref={content}
        onFocus={({ target }) => focused(target)}
        className={isOpen ? "" : classNames("fold", fits && "[mask:none]")}
      >
        {children}
      </div>
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        {!fits && (
          <button
            type="button"
            aria-expanded={isOpen}
            onClick={({ currentTarget }) => (isOpen ? fold(rowAround(currentTarget)) : unfold())}
            className="relative mt-1 flex h-8 items-center rounded-sm text-sm font-semibold whitespace-nowrap text-link before:absolute before:-inset-x-2 before:-inset-y-1.5 hover:underline"
          >
            {isOpen ? "Show less" : "Show more"}
          </button>
        )}
        {foot}
      </div>
    </>
  );
}
