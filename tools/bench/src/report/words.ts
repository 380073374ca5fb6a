import { subjects } from "../processes/subject.ts";
import type { Measured, RowResult, Unit } from "../rows/row.ts";
import { aimText, figure, reachedText, share } from "./figures.ts";
import { table, type Column } from "./table.ts";

const VERDICT_WIDTH = 10;

/** A measured row as it is printed: its result first, then the details. */
export function rowText({ title, conditions, unit, verdicts, measured }: RowResult): string {
  const said = verdicts.map((verdict) => {
    const value = figure(verdict.value, verdict.unit).padStart(VERDICT_WIDTH);
    if (!verdict.aim) return `${value}  ${verdict.of}`;
    const aim = aimText(verdict.aim, verdict.unit);
    return `${value}  ${verdict.of} (aim ${aim}: ${reachedText(verdict)})`;
  });
  const columns: Column[] = [
    { head: "server", align: "left" },
    ...[unit, "p50", "p99", "arrived", "server CPU", "Redis CPU", "generator CPU"].map(
      (head): Column => ({
        head,
        align: "right",
      }),
    ),
    { head: "notes", align: "left" },
  ];
  const lines = measured.map((line) => cells(line, unit));
  return [title, `(${conditions})`, "", ...said, "", table(columns, lines)].join("\n");
}

/** All rows in one table, ratios first and aims beside them. */
export function summary(results: readonly RowResult[]): string {
  const lines = results.flatMap(({ title, verdicts }) =>
    verdicts.map((verdict) => [
      figure(verdict.value, verdict.unit),
      verdict.aim ? aimText(verdict.aim, verdict.unit) : "",
      reachedText(verdict),
      verdict.of,
      title,
    ]),
  );
  const columns: Column[] = [
    { head: "measured", align: "right" },
    { head: "aim", align: "right" },
    { head: "", align: "left" },
    { head: "which", align: "left" },
    { head: "figure", align: "left" },
  ];
  return table(columns, lines);
}

function cells(line: Measured, unit: Unit): string[] {
  const { title } = subjects[line.subject];
  const { variant, p50, p99, arrived, serverCpu, storeCpu, generatorCpu, notes } = line;
  return [
    variant === undefined ? title : `${title}, ${variant}`,
    figure(line.figure, unit),
    p50 === undefined ? "" : figure(p50, "ms"),
    p99 === undefined ? "" : figure(p99, "ms"),
    arrived === undefined ? "" : share(arrived, 1),
    serverCpu === undefined ? "" : share(serverCpu),
    storeCpu === undefined ? "" : share(storeCpu),
    generatorCpu === undefined ? "" : share(generatorCpu),
    notes.join("; "),
  ];
}
