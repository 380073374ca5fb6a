import { element, type Svg } from "./svg.ts";

interface Bar {
  readonly label: string;
  /** From 0; the length of the bar. */
  readonly value: number;
  /** The text after the bar. */
  readonly text: string;
  /** Whether it is ours, which is highlighted. */
  readonly isOurs: boolean;
}

export interface Panel {
  readonly title: string;
  /** Such as "more is better". */
  readonly hint: string;
  readonly bars: readonly Bar[];
}

/** All in px, before the plot is scaled. */
const WIDTH = 760;
const MARGIN = 16;
const LABEL_WIDTH = 176;
const TEXT_WIDTH = 132;
const BAR_HEIGHT = 18;
const BAR_STEP = 28;
const HEAD_HEIGHT = 40;
const PANEL_GAP = 18;
const BAR_START = MARGIN + LABEL_WIDTH;
const BAR_ROOM = WIDTH - BAR_START - TEXT_WIDTH - MARGIN;
/** A tiny figure must still be visible. */
const BAR_MIN = 2;

/** The contrast of all texts is above 4.5 on white and on GitHub's dark background. */
const STYLE = `
text { font: 14px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328 }
.title { font-weight: 600 }
.hint { fill: #59636e; font-size: 12px }
.ours { font-weight: 600 }
rect { fill: #8c959f }
rect.ours { fill: #0f766e }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc }
  .hint { fill: #9198a1 }
  rect { fill: #656c76 }
  rect.ours { fill: #2dd4bf }
}`;

/**
 * Draws panels of horizontal bars as an SVG that is legible on light and dark backgrounds. Each
 * panel has its own scale.
 * @param description the content in words, for screen readers
 */
export function barPlot(description: string, panels: readonly Panel[]): string {
  let top = MARGIN;
  const drawn = panels.map((panel) => {
    const at = top;
    top += HEAD_HEIGHT + panel.bars.length * BAR_STEP + PANEL_GAP;
    return drawPanel(panel, at);
  });
  const height = top - PANEL_GAP + MARGIN;
  const size = { viewBox: `0 0 ${WIDTH} ${height}`, width: WIDTH, height };
  const plot = element(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", ...size, role: "img", "aria-label": description },
    element("title", {}, description),
    { markup: `<style>${STYLE}\n</style>\n` },
    ...drawn,
  );
  return `${plot.markup}\n`;
}

function drawPanel({ title, hint, bars }: Panel, top: number): Svg {
  const longest = Math.max(...bars.map(({ value }) => value || 0));
  const head = element(
    "text",
    { x: MARGIN, y: top + 16 },
    element("tspan", { class: "title" }, title),
    element("tspan", { class: "hint", dx: 10 }, hint),
  );
  const drawn = bars.map((bar, i) => drawBar(bar, longest, top + HEAD_HEIGHT + i * BAR_STEP));
  return { markup: `${element("g", {}, head, ...drawn).markup}\n` };
}

function drawBar({ label, value, text, isOurs }: Bar, longest: number, top: number): Svg {
  const width = Math.max(BAR_MIN, Math.round((value / longest) * BAR_ROOM) || 0);
  const kind = isOurs ? { class: "ours" } : {};
  const base = top + BAR_HEIGHT - 4;
  const rounded = { width, height: BAR_HEIGHT, rx: 3 };
  return element(
    "g",
    {},
    element("text", { x: MARGIN, y: base, ...kind }, label),
    element("rect", { x: BAR_START, y: top, ...rounded, ...kind }),
    element("text", { x: BAR_START + width + 8, y: base, ...kind }, text),
  );
}
