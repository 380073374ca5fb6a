import type { Budget, ListItem, ReadBlock, ReadInside } from "./tree.ts";

/** `- `, `* `, `1. ` or `1) ` before some text. */
const ITEM = /^( {0,3})(?:([-*])|(\d{1,3})([.)]))[ \t]+(?=\S)/;
/** How far a continuation line is indented beyond the marker, in blanks. */
const INDENT = 2;

/** The beginning of an entry. */
interface Start {
  readonly indent: number;
  /** The same for all entries of a list: the bullet, or the sign after the number. */
  readonly kind: string;
  readonly number: number | undefined;
  /** Where the text begins, in characters. */
  readonly width: number;
  readonly text: string;
}

/** An entry while its lines are collected. */
interface Entry {
  readonly number: number | undefined;
  readonly width: number;
  readonly lines: string[];
}

/** Reads a list: entries of one kind, each with its indented lines. */
export function readList(
  lines: readonly string[],
  from: number,
  inside: ReadInside,
  budget: Budget,
): ReadBlock | undefined {
  const first = startOf(lines[from] ?? "");
  // The list and its first entry.
  if (!first || !budget.take(2)) return undefined;
  const items: ListItem[] = [];
  let entry: Entry | undefined;
  const endEntry = () => {
    if (entry) items.push(toItem(entry, inside));
  };
  let next = from;
  for (;;) {
    const at = afterBlanks(lines, next);
    const line = lines[at] ?? "";
    const start = startOf(line);
    if (entry && indentOf(line) >= first.indent + INDENT) {
      // Blank lines inside an entry stay; those between entries go.
      entry.lines.push(...lines.slice(next, at), withoutIndent(line, entry.width));
    } else if (start?.kind === first.kind && (!entry || budget.take(1))) {
      endEntry();
      entry = { number: start.number, width: start.width, lines: [start.text] };
    } else {
      break;
    }
    next = at + 1;
  }
  endEntry();
  return { block: { is: "list", ordered: first.number !== undefined, items }, next };
}

function toItem({ number, lines }: Entry, inside: ReadInside): ListItem {
  return { ...(number === undefined ? {} : { number }), blocks: inside(lines) };
}

function startOf(line: string): Start | undefined {
  const match = ITEM.exec(line);
  if (!match) return undefined;
  const [marker, blanks = "", bullet, number, delimiter = ""] = match;
  return {
    indent: blanks.length,
    kind: bullet ?? delimiter,
    number: number === undefined ? undefined : Number(number),
    width: marker.length,
    text: line.slice(marker.length),
  };
}

/** The next line that is not blank. */
function afterBlanks(lines: readonly string[], from: number): number {
  let at = from;
  while (at < lines.length && lines[at]?.trim() === "") at += 1;
  return at;
}

/** The indent of a line in blanks; a tab counts as enough. */
function indentOf(line: string): number {
  return /^ *\t/.test(line) ? Number.POSITIVE_INFINITY : line.length - line.trimStart().length;
}

function withoutIndent(line: string, width: number): string {
  const indent = /^ *\t?/.exec(line)?.[0] ?? "";
  return line.slice(indent.endsWith("\t") ? indent.length : Math.min(indent.length, width));
}
