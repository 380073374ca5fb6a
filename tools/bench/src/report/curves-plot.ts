import type { CurveName, Point } from "../rows/point.ts";
import { subjects } from "../processes/subject.ts";
import { linePlot, type LineFigure, type Series } from "./line-plot.ts";

const TITLES: Readonly<Record<CurveName, string>> = {
  cpu: "CPU of the servers a delivery, µs",
  memory: "Memory of the servers a member, KB",
  join: "One more joins, p50, ms",
  back: "All back after kill -9 and restart, s",
};
const NAMES = ["cpu", "memory", "join", "back"] as const;
const PEER = "socket.io";
/** The longest line under the figures, in characters. */
const NOTE_CHARS = 118;

/**
 * Draws the curves over the number of members, a line for each size of room and each server.
 * @returns undefined if there is no point
 */
export function curvesPlot(points: readonly Point[]): string | undefined {
  if (points.length === 0) return undefined;
  const sizes = distinct(points.map(({ size }) => size));
  const xs = distinct(points.map(({ members }) => members));
  const figures = NAMES.map((name) => figureOf(name, points, sizes));
  const description = `${figures.map(({ title }) => title).join("; ")}: ${subjects.parley.title} and ${subjects[PEER].title}, for ${xs[0]} to ${xs.at(-1)} members in rooms of ${sizes.join(", ")}.`;
  return linePlot({
    description,
    xs,
    xTitle: "members",
    colours: sizes.map((size) => `rooms of ${size < 1_000 ? size : `${size / 1_000}k`}`),
    lines: [subjects.parley.title, subjects[PEER].title],
    figures,
    notes: notesOf(points),
  });
}

function figureOf(name: CurveName, points: readonly Point[], sizes: readonly number[]): LineFigure {
  const series = (["parley", PEER] as const).flatMap((subject) =>
    sizes.map((size, colour): Series => ({
      colour,
      isPeer: subject === PEER,
      points: points
        .filter((point) => point.subject === subject && point.size === size)
        .flatMap(({ members: x, figures: { [name]: y } }) =>
          // A logarithm needs more than zero.
          y !== undefined && y > 0 ? [{ x, y }] : [],
        )
        .toSorted((a, b) => a.x - b.x),
    })),
  );
  return { title: TITLES[name], series: series.filter(({ points }) => points.length > 0) };
}

/** The points that are not drawn, and why. */
function notesOf(points: readonly Point[]): string[] {
  const missing = points.filter(({ bounds }) => bounds.length > 0);
  if (missing.length === 0) return [];
  return [
    "Not held, and so not drawn:",
    ...missing.map(({ subject, members, size, bounds }) => {
      const where = `${subjects[subject].title}, ${short(members)} members, rooms of ${short(size)}`;
      // The table has the figures in brackets.
      const why = bounds.map((bound) => bound.replace(/ \(.*\)$/, "")).join("; ");
      return `${where}: ${why}`.slice(0, NOTE_CHARS);
    }),
  ];
}

function distinct(values: readonly number[]): number[] {
  return [...new Set(values)].toSorted((a, b) => a - b);
}

function short(value: number): string {
  return value.toLocaleString("en-US");
}
