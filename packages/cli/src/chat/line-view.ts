import stringWidth from "string-width";
import { signsOf, type EditedLine } from "./line-editor.ts";

/** The share of the columns beside the prompt that shows text before the cursor. */
const BEFORE_SHARE = 0.75;
/** With fewer columns than this, no prompt is shown. */
const COLUMNS_FOR_PROMPT = 20;
const CUT = "…";

/** One row of a terminal, and the column of the cursor in it. */
export interface LineView {
  readonly prompt: string;
  readonly text: string;
  readonly cursor: number;
}

/**
 * Fits a prompt and a line into one row, which the cursor never leaves. Of a long line, the part
 * around the cursor is shown. Wide characters take two columns.
 */
export function viewOf(prompt: string, line: EditedLine, columns: number): LineView {
  const shownPrompt = columns < COLUMNS_FOR_PROMPT ? "" : fitted(prompt, Math.floor(columns / 2));
  const promptWidth = stringWidth(shownPrompt);
  // The last column stays free, because a terminal would begin a new row there.
  const room = Math.max(0, columns - promptWidth - 1);
  const before = shown(line.before);
  const after = shown(line.after);
  const left = Math.max(Math.floor(room * BEFORE_SHARE), room - widthOf(after));
  const part = lastOf(before, left);
  const rest = firstOf(after, room - widthOf(part));
  return {
    prompt: shownPrompt,
    text: [...part, ...rest].join(""),
    cursor: promptWidth + widthOf(part),
  };
}

/** A text, cut if it is wider than this. */
function fitted(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  return `${firstOf(signsOf(text), width - 1).join("")}${CUT}`;
}

/** The characters to show: a placeholder for those that have no place in a row. */
function shown(text: string): readonly string[] {
  return signsOf(text.replaceAll("\n", "⏎").replaceAll("\t", " "));
}

function widthOf(signs: readonly string[]): number {
  return signs.reduce((sum, sign) => sum + stringWidth(sign), 0);
}

function firstOf(signs: readonly string[], width: number): readonly string[] {
  let left = width;
  const end = signs.findIndex((sign) => (left -= stringWidth(sign)) < 0);
  return end < 0 ? signs : signs.slice(0, end);
}

function lastOf(signs: readonly string[], width: number): readonly string[] {
  return firstOf(signs.toReversed(), width).toReversed();
}
