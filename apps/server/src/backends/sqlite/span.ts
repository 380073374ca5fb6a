import type { Range } from "../../log/log.ts";
import type { EntryRow } from "./entry-row.ts";

/** From one `seq` to another, both included; if `from` is greater, nothing. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The part of a span that was read, and its rows that are as they were written, oldest first. */
export interface ReachedSpan extends Span {
  readonly sound: readonly EntryRow[];
}

/** The span of a range, of what is kept. */
export function spanOf(range: Range, first: number, head: number): Span {
  if ("after" in range) {
    const from = Math.max(range.after + 1, first);
    return { from, to: Math.min(from + range.limit - 1, head) };
  }
  const to = Math.min("before" in range ? range.before - 1 : head, head);
  return { from: Math.max(first, to - range.limit + 1), to };
}

/** Takes rows from the start of a span, oldest first, up to the one that makes it enough. */
export function reachUp(span: Span, enough: number | undefined, rows: Rows): ReachedSpan {
  const { taken, end } = upTo(enough, rows);
  return { from: span.from, to: end ?? span.to, sound: taken };
}

/** Takes rows from the end of a span, newest first, up to the one that makes it enough. */
export function reachDown(span: Span, enough: number | undefined, rows: Rows): ReachedSpan {
  const { taken, end } = upTo(enough, rows);
  return { from: end ?? span.from, to: span.to, sound: taken.toReversed() };
}

/**
 * Which part of a span stays when it is trimmed. A damaged entry has no age: it goes with the entry
 * after it.
 * @param rows the undamaged rows of the span
 * @param surplus how many go at any age; since: the time from which on the others stay
 * @returns the first `seq` that stays, and when each entry was written, in ms since 1970
 */
export function stayingIn(
  span: Span,
  rows: Rows,
  { surplus, since }: { readonly surplus: number; readonly since: number },
): { from: number; ages: ReadonlyMap<number, number> } {
  const ages = new Map(Array.from(rows, (row) => [row.seq, row.at]));
  let from = span.to + 1;
  let at = Number.MAX_SAFE_INTEGER;
  for (let seq = span.to; seq >= span.from; seq -= 1) {
    at = ages.get(seq) ?? at;
    ages.set(seq, at);
    if (seq - span.from >= surplus && at >= since) from = seq;
  }
  return { from, ages };
}

type Rows = Iterable<EntryRow>;

/** `end`: the `seq` of the last one, if it was enough, in characters. */
function upTo(enough = Infinity, rows: Rows): { taken: EntryRow[]; end?: number } {
  const taken: EntryRow[] = [];
  let chars = 0;
  for (const row of rows) {
    taken.push(row);
    chars += row.payload.length;
    if (chars > enough) return { taken, end: row.seq };
  }
  return { taken };
}
