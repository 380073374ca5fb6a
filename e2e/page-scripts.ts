/**
 * The wait before a page reconnects is a random part of a bound that grows to 30 s. Here it is a
 * tenth of the bound, so that a page is back within seconds after any outage.
 */
export function waitBriefly(): void {
  const { random } = Math;
  Math.random = () => random() / 10;
}

/** A page in which everything can be undone until `letUndoTimeEnd`. */
export interface Undoing {
  letUndoTimeEnd?: () => void;
}

/** Stops the 5 s in which a deletion can be undone, because a busy machine may need them. */
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

/** A page that records what it shows. */
export interface Noting {
  shownTexts?: string[];
}

/** Records every short text that the page shows, even for a moment only. */
export function noteWhatShows(): void {
  const charsMax = 300;
  const nodesMax = 20;
  const texts: string[] = [];
  (window as Noting).shownTexts = texts;
  const note = (node: Node | null) => {
    // A list of many: to read all of its text at each change would slow the page down.
    if (!node || node.childNodes.length > nodesMax) return;
    const text = node.textContent ?? "";
    if (text !== "" && text.length <= charsMax) texts.push(text);
  };
  new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      // A sentence may consist of several texts: record it as a whole, too.
      note(type === "characterData" ? target.parentNode : target);
      for (const node of addedNodes) note(node);
    }
  }).observe(document, { childList: true, characterData: true, subtree: true });
}

/** Makes a page busy when Escape is pressed: what the user does next waits behind it. */
export function slowEscape(): void {
  const busyMs = 500;
  window.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    const end = performance.now() + busyMs;
    while (performance.now() < end);
  });
}

/** As in Safari before 18.3: a tap elsewhere closes no popover. */
export function keepPopovers(): void {
  // oxlint-disable-next-line typescript/unbound-method -- it is called with its element
  const { setAttribute } = Element.prototype;
  Element.prototype.setAttribute = function set(name, value) {
    setAttribute.call(this, name, name === "popover" ? "manual" : value);
  };
}

/** As in Firefox: no style sheet lets a text box grow with its text. */
export function withoutFieldSizing(): void {
  const supports = CSS.supports.bind(CSS);
  CSS.supports = (name: string, value?: string) =>
    name !== "field-sizing" && (value === undefined ? supports(name) : supports(name, value));
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("textarea { field-sizing: fixed !important }");
  document.adoptedStyleSheets.push(sheet);
}

/**
 * How many records a store of the browser's database has; none if there is no such database.
 * @param place the names of the database and of the store
 */
export async function countStored([name, storeName]: readonly [string, string]): Promise<number> {
  // To open a database that is not there would make an empty one.
  const databases = await indexedDB.databases();
  if (!databases.some((database) => database.name === name)) return 0;
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    const failed = () => reject(new Error(`${name} cannot be read.`));
    opening.addEventListener("error", failed);
    opening.addEventListener("success", () => {
      const records = opening.result.transaction(storeName).objectStore(storeName).count();
      records.addEventListener("error", failed);
      records.addEventListener("success", () => {
        opening.result.close();
        resolve(records.result);
      });
    });
  });
}
