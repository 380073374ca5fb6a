import type { Budget, ReadBlock } from "./tree.ts";

/** Three backticks or more at the start of a line, with at most words after them. */
const FENCE = /^ {0,3}(`{3,})([^`]*)$/;
/** The elements of a block beside its text: frame, language and copy button. */
export const CODE_BLOCK_ELEMENTS = 12;
/** A possible name of a language: one word. */
const LANGUAGE = /^\s*([\w#+.-]{1,20})\s*$/;

/**
 * Reads code between fences. The closing fence may be at the end of the last line of code; without
 * one, the code ends with the text. A first line that is no language name is code, too.
 */
export function readCodeBlock(
  lines: readonly string[],
  from: number,
  budget: Budget,
): ReadBlock | undefined {
  const fence = FENCE.exec(lines[from] ?? "");
  if (!fence) return undefined;
  const [, ticks = "", beside = ""] = fence;
  const language = LANGUAGE.exec(beside)?.[1]?.toLowerCase();
  const code = language === undefined && beside.trim() !== "" ? [beside] : [];

  let next = from + 1;
  let isOpen = true;
  while (isOpen && next < lines.length) {
    const line = lines[next] ?? "";
    const last = beforeFence(line, ticks.length);
    if (last === undefined) code.push(line);
    else if (last.trim() !== "") code.push(last);
    isOpen = last === undefined;
    next += 1;
  }
  const text = code.join("\n");
  if (text.trim() === "" || !budget.take(CODE_BLOCK_ELEMENTS)) return undefined;
  return {
    block: { is: "code-block", text, ...(language === undefined ? {} : { language }) },
    next,
  };
}

/** The text before a closing fence at the end of a line; undefined if there is none. */
function beforeFence(line: string, ticks: number): string | undefined {
  const end = line.trimEnd();
  let from = end.length;
  while (end.charAt(from - 1) === "`") from -= 1;
  return end.length - from < ticks ? undefined : end.slice(0, from);
}

/** A span between two equal runs of backticks. `from` and `to` are UTF-16 units of the text. */
interface CodeSpan {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const RUNS = /`+/g;

/**
 * Finds the code in a line: between a run of backticks and the next run of the same length. A run
 * without a partner is text, and so is an empty span. Runs in linear time.
 */
export function codeSpansIn(text: string): readonly CodeSpan[] {
  const runs = [...text.matchAll(RUNS)].map((run) => ({ at: run.index, length: run[0].length }));
  const partners = partnersOf(runs.map(({ length }) => length));
  const spans: CodeSpan[] = [];
  for (let i = 0; i < runs.length; i += 1) {
    const run = runs[i];
    const partner = partners[i];
    const end = partner === undefined ? undefined : runs[partner];
    if (!run || !end || partner === undefined) continue;
    const inside = text.slice(run.at + run.length, end.at);
    if (inside.trim() === "") continue;
    spans.push({ from: run.at, to: end.at + end.length, text: withoutPadding(inside) });
    i = partner;
  }
  return spans;
}

/** For each run the next one of the same length, found from the end in one pass. */
function partnersOf(lengths: readonly number[]): readonly (number | undefined)[] {
  const next = new Map<number, number>();
  const partners: (number | undefined)[] = Array.from({ length: lengths.length });
  for (let i = lengths.length - 1; i >= 0; i -= 1) {
    const length = lengths[i] ?? 0;
    partners[i] = next.get(length);
    next.set(length, i);
  }
  return partners;
}

/** One blank on each side separates backticks inside the code from those around it. */
function withoutPadding(text: string): string {
  return text.startsWith(" ") && text.endsWith(" ") ? text.slice(1, -1) : text;
}
