import { subjects } from "../processes/subject.ts";
import type { RowResult } from "../rows/row.ts";
import { barPlot, type Panel } from "./bar-plot.ts";
import { figure } from "./figures.ts";

const HINTS: Readonly<Record<string, string>> = {
  "fan-out": "more is better; Parley stores every message first",
  cpu: "less is better",
  memory: "less is better",
};

/**
 * Draws the rows that compare servers, as SVG.
 * @param results by the name of the row
 * @returns undefined if none of those rows was measured
 */
export function plotOf(results: ReadonlyMap<string, RowResult>): string | undefined {
  const panels = Object.entries(HINTS).flatMap(([name, hint]) => {
    const result = results.get(name);
    return result ? [panelOf(result, hint)] : [];
  });
  if (panels.length === 0) return undefined;
  const description = panels
    .map(
      ({ title, bars }) =>
        `${title}: ${bars.map(({ label, text }) => `${label} ${text}`).join(", ")}.`,
    )
    .join(" ");
  return barPlot(description, panels);
}

function panelOf({ title, unit, measured }: RowResult, hint: string): Panel {
  const bars = measured.map((line) => ({
    label: subjects[line.subject].title,
    value: line.figure,
    text: figure(line.figure, unit),
    isOurs: line.subject === "parley",
  }));
  return { title, hint, bars };
}
