import { element, type Svg } from "./svg.ts";

/** One line of a figure; points that were not measured are left out. */
export interface Series {
  /** Which of the four colours it has. */
  readonly colour: number;
  /** Whether it is a peer's, which is dashed. */
  readonly isPeer: boolean;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** A figure with logarithmic axes. */
export interface LineFigure {
  readonly title: string;
  readonly series: readonly Series[];
}

/** What is the same in all figures. */
export interface LinePlot {
  /** The content in words, for screen readers. */
  readonly description: string;
  /** The values that are marked on the x axis. */
  readonly xs: readonly number[];
  readonly xTitle: string;
  /** The names of the colours. */
  readonly colours: readonly string[];
  /** The names of the solid and the dashed lines. */
  readonly lines: readonly [ours: string, peer: string];
  readonly figures: readonly LineFigure[];
  /** Lines of text under the figures. */
  readonly notes: readonly string[];
}

/** All in px, before the plot is scaled. */
const WIDTH = 760;
const MARGIN = 16;
const COLUMNS = 2;
const GAP = 28;
const CELL_WIDTH = (WIDTH - 2 * MARGIN - GAP) / COLUMNS;
const CELL_HEIGHT = 232;
const AXIS_WIDTH = 46;
const TITLE_HEIGHT = 30;
const X_AXIS_HEIGHT = 44;
const LEGEND_HEIGHT = 34;
const NOTE_HEIGHT = 18;
const PLOT_WIDTH = CELL_WIDTH - AXIS_WIDTH - 12;
const PLOT_HEIGHT = CELL_HEIGHT - TITLE_HEIGHT - X_AXIS_HEIGHT;
const DOT = 3;

/** The contrast of all texts is above 4.5 on white and on GitHub's dark background, of lines above 3. */
const STYLE = `
text { font: 12px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #59636e }
.title { font-size: 14px; font-weight: 600; fill: #1f2328 }
.legend { fill: #1f2328 }
.grid { stroke: #d1d9e0; stroke-width: 1 }
.line { fill: none; stroke-width: 2 }
.peer { stroke-dasharray: 5 4 }
.c0 { stroke: #0f766e } .c1 { stroke: #1d4ed8 } .c2 { stroke: #b45309 } .c3 { stroke: #be185d }
.plain { stroke: #59636e }
circle { stroke-width: 2 }
circle.ours.c0 { fill: #0f766e } circle.ours.c1 { fill: #1d4ed8 }
circle.ours.c2 { fill: #b45309 } circle.ours.c3 { fill: #be185d }
circle.peers { fill: #ffffff }
@media (prefers-color-scheme: dark) {
  text { fill: #9198a1 }
  .title, .legend { fill: #f0f6fc }
  .grid { stroke: #3d444d }
  .c0 { stroke: #2dd4bf } .c1 { stroke: #79b8ff } .c2 { stroke: #fbbf24 } .c3 { stroke: #f472b6 }
  .plain { stroke: #9198a1 }
  circle.ours.c0 { fill: #2dd4bf } circle.ours.c1 { fill: #79b8ff }
  circle.ours.c2 { fill: #fbbf24 } circle.ours.c3 { fill: #f472b6 }
  circle.peers { fill: #0d1117 }
}`;

/** Draws figures of lines in two columns, as an SVG that is legible on light and dark backgrounds. */
export function linePlot(plot: LinePlot): string {
  const { description, figures, notes } = plot;
  const rows = Math.ceil(figures.length / COLUMNS);
  const notesTop = MARGIN + LEGEND_HEIGHT + rows * CELL_HEIGHT;
  const height = notesTop + notes.length * NOTE_HEIGHT + MARGIN;
  const drawn = figures.map((figure, i) =>
    drawFigure(
      figure,
      plot,
      MARGIN + (i % COLUMNS) * (CELL_WIDTH + GAP),
      MARGIN + LEGEND_HEIGHT + Math.floor(i / COLUMNS) * CELL_HEIGHT,
    ),
  );
  const size = { viewBox: `0 0 ${WIDTH} ${height}`, width: WIDTH, height };
  const svg = element(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", ...size, role: "img", "aria-label": description },
    element("title", {}, description),
    { markup: `<style>${STYLE}\n</style>\n` },
    drawLegend(plot),
    ...drawn,
    ...notes.map((note, i) =>
      element("text", { x: MARGIN, y: notesTop + (i + 1) * NOTE_HEIGHT }, note),
    ),
  );
  return `${svg.markup}\n`;
}

/** The ticks of a logarithmic axis, at 1, 2 and 5 times the powers of ten, that enclose all values. */
export function ticksFor(values: readonly number[]): number[] {
  const least = Math.min(...values);
  const most = Math.max(...values);
  const ticks: number[] = [];
  let power = Math.floor(Math.log10(least));
  do {
    for (const step of [1, 2, 5]) ticks.push(step * 10 ** power);
    power += 1;
  } while ((ticks.at(-1) ?? most) < most);
  const from = ticks.findLastIndex((tick) => tick <= least);
  const to = ticks.findIndex((tick) => tick >= most);
  const enclosing = ticks.slice(Math.max(0, from), to + 1);
  return enclosing.length > 1 ? enclosing : [least / 2, least * 2];
}

function drawLegend({ colours, lines: [ours, peer] }: LinePlot): Svg {
  const entries = [
    ...colours.map((text, i) => ({ text, kind: `line c${i}` })),
    { text: ours, kind: "line plain" },
    { text: peer, kind: "line plain peer" },
  ];
  const step = (WIDTH - 2 * MARGIN) / entries.length;
  const drawn = entries.flatMap(({ text, kind }, i) => {
    const x = MARGIN + i * step;
    return [
      element("path", { d: `M${x} ${MARGIN + 4}h24`, class: kind }),
      element("text", { x: x + 30, y: MARGIN + 8, class: "legend" }, text),
    ];
  });
  return { markup: `${element("g", {}, ...drawn).markup}\n` };
}

function drawFigure({ title, series }: LineFigure, plot: LinePlot, left: number, top: number): Svg {
  const { xs, xTitle } = plot;
  const ys = series.flatMap(({ points }) => points.map(({ y }) => y));
  const ticks = ys.length > 0 ? ticksFor(ys) : [];
  const x0 = left + AXIS_WIDTH;
  const y0 = top + TITLE_HEIGHT;
  const bottom = y0 + PLOT_HEIGHT;
  const xAt = (x: number) => round(x0 + placeOf(x, xs) * PLOT_WIDTH);
  const yAt = (y: number) => round(bottom - placeOf(y, ticks) * PLOT_HEIGHT);
  const across = ticks.flatMap((tick) => [
    element("path", { d: `M${x0} ${yAt(tick)}h${PLOT_WIDTH}`, class: "grid" }),
    element("text", { x: x0 - 6, y: yAt(tick) + 4, "text-anchor": "end" }, short(tick)),
  ]);
  const along = xs.map((x) =>
    element("text", { x: xAt(x), y: bottom + 18, "text-anchor": "middle" }, short(x)),
  );
  const middle = x0 + PLOT_WIDTH / 2;
  const lines = series.flatMap((line) => drawSeries(line, xAt, yAt));
  const g = element(
    "g",
    {},
    element("text", { x: left, y: top + 14, class: "title" }, title),
    ...across,
    ...along,
    element("text", { x: middle, y: bottom + 34, "text-anchor": "middle" }, xTitle),
    ...lines,
  );
  return { markup: `${g.markup}\n` };
}

function drawSeries(
  { colour, isPeer, points }: Series,
  xAt: (x: number) => number,
  yAt: (y: number) => number,
): Svg[] {
  const path = points.map(({ x, y }, i) => `${i === 0 ? "M" : "L"}${xAt(x)} ${yAt(y)}`).join("");
  const dots = points.map(({ x, y }) =>
    element("circle", {
      cx: xAt(x),
      cy: yAt(y),
      r: DOT,
      class: `${isPeer ? "peers" : "ours"} c${colour}`,
    }),
  );
  if (points.length < 2) return dots;
  return [element("path", { d: path, class: `line c${colour}${isPeer ? " peer" : ""}` }), ...dots];
}

/** Where a value lies between the first and the last of some, from 0 to 1, logarithmically. */
function placeOf(value: number, among: readonly number[]): number {
  const [first = value] = among;
  const last = among.at(-1) ?? value;
  return last === first ? 0.5 : Math.log(value / first) / Math.log(last / first);
}

function short(value: number): string {
  if (value >= 1_000) return `${value / 1_000}k`;
  return `${Number(value.toPrecision(2))}`;
}

function round(px: number): number {
  return Math.round(px * 10) / 10;
}
