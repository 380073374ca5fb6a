export interface Column {
  readonly head: string;
  readonly align: "left" | "right";
}

/** The shortest possible column of a Markdown table, in characters. */
const WIDTH_MIN = 3;

/**
 * Lays out text in padded columns that are also a Markdown table. Columns without any text are left
 * out.
 */
export function table(columns: readonly Column[], lines: readonly (readonly string[])[]): string {
  const shown = columns
    .map(({ head, align }, place) => ({
      head,
      align,
      texts: lines.map((line) => line[place] ?? ""),
    }))
    .filter(({ texts }) => texts.some((text) => text !== ""))
    .map(laidOut);
  const rows = ["head", "rule", ...lines.keys()] as const;
  return rows
    .map((row) => `| ${shown.map((column) => pick(column, row)).join(" | ")} |`)
    .join("\n");
}

interface LaidOut {
  readonly head: string;
  readonly rule: string;
  readonly cells: readonly string[];
}

function laidOut({ head, align, texts }: Column & { readonly texts: readonly string[] }): LaidOut {
  const width = Math.max(WIDTH_MIN, head.length, ...texts.map((text) => text.length));
  const padded = (text: string) => (align === "left" ? text.padEnd(width) : text.padStart(width));
  const rule = align === "left" ? "-".repeat(width) : `${"-".repeat(width - 1)}:`;
  return { head: padded(head), rule, cells: texts.map(padded) };
}

function pick(column: LaidOut, row: "head" | "rule" | number): string {
  return typeof row === "number" ? (column.cells[row] ?? "") : column[row];
}
