import { plain, stored, type TextStore } from "./stored.ts";

export type Theme = "light" | "dark";

/**
 * The theme that was chosen here; undefined follows the system. before-paint.js reads it,
 * too, before the first paint.
 */
export function storedTheme(texts?: TextStore) {
  const isTheme = (text: string): text is Theme => text === "light" || text === "dark";
  return stored("parley.theme", plain(isTheme), undefined, texts);
}

/**
 * Stores a choice. A choice that equals the system's preference follows the system from then on.
 */
export function chooseTheme(theme: Theme, system: Theme, texts?: TextStore): void {
  storedTheme(texts).write(theme === system ? undefined : theme);
  for (const tell of listeners) tell();
}

const listeners = new Set<() => void>();

/**
 * Listens for a choice here or in another tab.
 * @returns ends it
 */
export function onThemeChosen(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("storage", listener);
  };
}

export type Density = "comfortable" | "compact";

/** How close messages stand in this browser. Also read by before-paint.js before the first paint. */
export function storedDensity(texts?: TextStore) {
  const isDensity = (text: string): text is Density => text === "comfortable" || text === "compact";
  return stored<Density, Density>("parley.density", plain(isDensity), "comfortable", texts);
}
