import { Budget, type Block, type ReadBlock, type ReadInside } from "./tree.ts";
import { readCodeBlock } from "./code.ts";
import { parseInline } from "./inline.ts";
import { FRAME_UNITS } from "./frame-budget.ts";
import { readList } from "./list.ts";
import { piecesOf } from "./text-units.ts";

/** More than two blank lines become two, so that nobody scrolls past empty pages. */
const BLANK_LINES = /\n(?:[^\S\n]*\n){3,}/g;

/** How deep quotes and lists may nest; deeper markers are text. */
const DEPTH_MAX = 4;

/**
 * Parses a message into paragraphs, quotes, lists and code. Every text can be parsed: what is no
 * marker is text, and line breaks and spaces stay, except for blank lines beyond two. Runs in
 * linear time. The tree has a few levels at most, and takes a few hundred elements at most.
 */
export function parseMessage(text: string): readonly Block[] {
  return parseLines(text.replaceAll(/\r\n?/g, "\n").split("\n"), 0, new Budget());
}

function parseLines(lines: readonly string[], depth: number, budget: Budget): readonly Block[] {
  const inside: ReadInside = (inner) => parseLines(inner, depth + 1, budget);
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  const endParagraph = () => {
    const text = paragraph
      .join("\n")
      .replace(/^(?:[^\S\n]*\n)+/, "")
      .replaceAll(BLANK_LINES, "\n\n\n")
      .trimEnd();
    paragraph = [];
    if (text === "") return;
    const pieces = piecesOf(text, FRAME_UNITS);
    for (const [at, piece] of pieces.entries()) {
      budget.take(1);
      const goesOn = at < pieces.length - 1;
      const parts = parseInline(goesOn ? piece.replace(/\n$/, "") : piece, budget);
      blocks.push({ is: "paragraph", parts, ...(goesOn ? { goesOn } : {}) });
    }
  };

  let at = 0;
  while (at < lines.length) {
    const read =
      readCodeBlock(lines, at, budget) ??
      (depth < DEPTH_MAX
        ? (readQuote(lines, at, inside, budget) ?? readList(lines, at, inside, budget))
        : undefined);
    if (read) {
      endParagraph();
      blocks.push(read.block);
      at = read.next;
    } else {
      paragraph.push(lines[at] ?? "");
      at += 1;
    }
  }
  endParagraph();
  return blocks;
}

/** `> ` or `>text`, but no smiley such as `>:(` or `>_>`. */
const QUOTED = /^ {0,3}>(?![._:;=<(-]) ?/;

/** A line of only marks continues a quote, but begins none. */
const BLANK = /^[ >]*$/;

/** Reads lines that each begin with `>`. */
function readQuote(
  lines: readonly string[],
  from: number,
  inside: ReadInside,
  budget: Budget,
): ReadBlock | undefined {
  if (BLANK.test(lines[from] ?? "")) return undefined;
  let next = from;
  const quoted: string[] = [];
  while (next < lines.length && QUOTED.test(lines[next] ?? "")) {
    quoted.push((lines[next] ?? "").replace(QUOTED, ""));
    next += 1;
  }
  if (next === from || !budget.take(1)) return undefined;
  return { block: { is: "quote", blocks: inside(quoted) }, next };
}
