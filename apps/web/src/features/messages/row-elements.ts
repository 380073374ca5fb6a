/** Matches the rows of messages; the attribute holds the row's key. */
const LINE = "[data-row]";
const SAID = "[data-said]";

/** The row that contains an element. */
export function rowAround(target: EventTarget | null): HTMLElement | undefined {
  return target instanceof Element ? (target.closest<HTMLElement>(LINE) ?? undefined) : undefined;
}

/** Whether an event belongs to a link or a button in a row. */
export function isOnControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("a, button") !== null;
}

/** Whether an event belongs to a reaction in a row. */
export function isOnReaction(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("[data-reaction]") !== null;
}

/** The element of a row, if it is drawn. */
export function rowElement(within: ParentNode, row: string): HTMLElement | undefined {
  return rowsIn(within).find((line) => line.dataset["row"] === row);
}

/** The next drawn row in a direction. */
export function neighbour(line: HTMLElement, by: 1 | -1): HTMLElement | undefined {
  const log = line.closest("[role=log]");
  const lines = log ? rowsIn(log) : [];
  return lines[lines.indexOf(line) + by];
}

/** The lowest row that is completely visible, or else the last one. */
export function lowestInView(log: HTMLElement): HTMLElement | undefined {
  const { top, bottom } = log.getBoundingClientRect();
  const lines = rowsIn(log);
  const whole = lines.findLast((line) => {
    const box = line.getBoundingClientRect();
    return box.top >= top - 1 && box.bottom <= bottom + 1;
  });
  return whole ?? lines.at(-1);
}

/** The bubble of a row, beside which its menu opens. */
export function bubbleOf(line: HTMLElement): HTMLElement {
  return line.querySelector<HTMLElement>(SAID) ?? line;
}

/** All drawn rows, from the top. A row that is kept mounted may be out of place. */
function rowsIn(within: ParentNode): HTMLElement[] {
  const tops = new Map(
    [...within.querySelectorAll<HTMLElement>(LINE)].map((line) => [
      line,
      line.getBoundingClientRect().top,
    ]),
  );
  return [...tops].toSorted(([, a], [, b]) => a - b).map(([line]) => line);
}
