import { unreachable } from "@parley/protocol";

/** The text being typed: before the cursor, and from the cursor on. */
export interface EditedLine {
  readonly before: string;
  readonly after: string;
}

export type Edit =
  | "left"
  | "right"
  | "word left"
  | "word right"
  | "start"
  | "end"
  | "delete left"
  | "delete right"
  | "delete word"
  | "delete to start"
  | "delete to end";

export const EMPTY: EditedLine = { before: "", after: "" };

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The characters of a text as people see them: an emoji of several code points is one. */
export function signsOf(text: string): readonly string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

export function textOf({ before, after }: EditedLine): string {
  return before + after;
}

/** The line with a text inserted at the cursor. */
export function inserted({ before, after }: EditedLine, text: string): EditedLine {
  return { before: before + text, after };
}

/** The line after an edit; the same one if nothing changes. */
export function edited(line: EditedLine, edit: Edit): EditedLine {
  const { before, after } = line;
  const cutLeft = (signs: number) => before.slice(0, before.length - signs);
  switch (edit) {
    case "left":
      return moved(line, -lastSign(before).length);
    case "right":
      return moved(line, firstSign(after).length);
    case "word left":
      return moved(line, -wordLeft(before));
    case "word right":
      return moved(line, wordRight(after));
    case "start":
      return moved(line, -before.length);
    case "end":
      return moved(line, after.length);
    case "delete left":
      return { before: cutLeft(lastSign(before).length), after };
    case "delete right":
      return { before, after: after.slice(firstSign(after).length) };
    case "delete word":
      return { before: cutLeft(wordLeft(before)), after };
    case "delete to start":
      return { before: "", after };
    case "delete to end":
      return { before, after: "" };
    default:
      return unreachable(edit);
  }
}

function moved(line: EditedLine, by: number): EditedLine {
  const text = textOf(line);
  const at = line.before.length + by;
  return { before: text.slice(0, at), after: text.slice(at) };
}

const lastSign = (text: string) => signsOf(text).at(-1) ?? "";
const firstSign = (text: string) => signsOf(text).at(0) ?? "";
const wordLeft = (text: string) => /\S*\s*$/.exec(text)?.[0].length ?? 0;
const wordRight = (text: string) => /^\s*\S*/.exec(text)?.[0].length ?? 0;
