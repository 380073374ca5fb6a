/** A stretch between two equal runs of backticks. `from` and `to` are UTF-16 units of the text. */
export interface CodeSpan {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const RUNS = /`+/g;

/**
 * Finds the code in a line: what stands between a run of backticks and the next run of the same
 * length. A run without such a partner is text, and so is one with nothing inside. Runs in time proportional to the text.
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

/** For each run the next one of the same length, found from the back in one pass. */
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

/** One blank on either side sets backticks inside the code apart from those around it. */
function withoutPadding(text: string): string {
  return text.startsWith(" ") && text.endsWith(" ") ? text.slice(1, -1) : text;
}
