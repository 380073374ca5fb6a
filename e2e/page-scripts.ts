/**
 * The wait before a page connects again is chance times a bound that grows to 30 s. Here it is a
 * tenth: what comes after it comes within seconds, however long a server was away.
 */
export function waitBriefly(): void {
  const { random } = Math;
  Math.random = () => random() / 10;
}

/** A window in which nothing is too late to be undone until `letUndoTimeEnd`. */
export interface Undoing {
  letUndoTimeEnd?: () => void;
}

/** Stops the 5 s in which one can think better of a deletion: a busy machine may need them. */
export function stopUndoTime(): void {
  const undoMs = 5_000;
  const setTimeout = window.setTimeout.bind(window);
  const clearTimeout = window.clearTimeout.bind(window);
  const held = new Map<number, () => void>();
  window.setTimeout = ((run: () => void, ms?: number) => {
    const id = setTimeout(() => held.has(id) || run(), ms);
    if (ms === undoMs) held.set(id, run);
    return id;
  }) as typeof setTimeout;
  window.clearTimeout = (id) => {
    held.delete(Number(id));
    clearTimeout(id);
  };
  (window as Undoing).letUndoTimeEnd = () => {
    for (const [id, run] of held) {
      window.clearTimeout(id);
      run();
    }
  };
}

/** A window that notes what shows. */
export interface Noting {
  shownTexts?: string[];
}

/** Notes every short text that the page shows, also for a moment only, and takes away again. */
export function noteWhatShows(): void {
  const charsMax = 300;
  const texts: string[] = [];
  (window as Noting).shownTexts = texts;
  const note = (node: Node | null) => {
    const text = node?.textContent ?? "";
    if (text !== "" && text.length <= charsMax) texts.push(text);
  };
  new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      // A sentence may be put together from several texts: it is read as a whole, too.
      note(type === "characterData" ? target.parentNode : target);
      for (const node of addedNodes) note(node);
    }
  }).observe(document, { childList: true, characterData: true, subtree: true });
}
