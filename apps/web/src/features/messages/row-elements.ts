/** Lines of speech in the page: each is marked with its row, and what is said in it. */
const LINE = "[data-row]";
const SAID = "[data-said]";

/** The line that something in the page belongs to. */
export function rowAround(target: EventTarget | null): HTMLElement | undefined {
  return target instanceof Element ? (target.closest<HTMLElement>(LINE) ?? undefined) : undefined;
}

/** The line of a row, where it is drawn. */
export function rowElement(within: ParentNode, row: string): HTMLElement | undefined {
  return rowsIn(within).find((line) => line.dataset["row"] === row);
}

/** The next line in a direction, among those that are drawn. */
export function neighbour(line: HTMLElement, by: 1 | -1): HTMLElement | undefined {
  const log = line.closest("[role=log]");
  const lines = log ? rowsIn(log) : [];
  return lines[lines.indexOf(line) + by];
}

/** The lowest line that is whole in view; or else the last one. */
export function lowestInView(log: HTMLElement): HTMLElement | undefined {
  const { top, bottom } = log.getBoundingClientRect();
  const lines = rowsIn(log);
  const whole = lines.findLast((line) => {
    const box = line.getBoundingClientRect();
    return box.top >= top - 1 && box.bottom <= bottom + 1;
  });
  return whole ?? lines.at(-1);
}

/** The bubble of a line, beside which its menu opens. */
export function bubbleOf(line: HTMLElement): HTMLElement {
  return line.querySelector<HTMLElement>(SAID) ?? line;
}

/** All lines that are drawn, from the top: a line that is kept need not stand in its place. */
function rowsIn(within: ParentNode): HTMLElement[] {
  const tops = new Map(
    [...within.querySelectorAll<HTMLElement>(LINE)].map((line) => [
      line,
      line.getBoundingClientRect().top,
    ]),
  );
  return [...tops].toSorted(([, a], [, b]) => a - b).map(([line]) => line);
}
