/**
 * The wait before a page connects again is chance times a bound that grows to 30 s. Here it is a
 * tenth: what comes after it comes within seconds, however long a server was away.
 */
export function waitBriefly(): void {
  const { random } = Math;
  Math.random = () => random() / 10;
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
