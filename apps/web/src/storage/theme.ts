import { browserStore, type TextStore } from "./text-store.ts";

/** Read before the first paint by public/theme.js, too. */
const KEY = "parley.theme";

export type Theme = "light" | "dark";

/** The theme that was chosen here; `undefined` follows the system. */
export function chosenTheme(store: TextStore = browserStore): Theme | undefined {
  const theme = store.get(KEY);
  return theme === "light" || theme === "dark" ? theme : undefined;
}

/**
 * Keeps a choice. A choice that equals the system's preference is no choice: it follows the system
 * from then on.
 */
export function chooseTheme(theme: Theme, system: Theme, store: TextStore = browserStore): void {
  if (theme === system) store.remove(KEY);
  else store.set(KEY, theme);
}
