import { plain, stored, type TextStore } from "./stored.ts";

export type Density = "comfortable" | "compact";

/** How close messages stand in this browser. Also read by before-paint.js before the first paint. */
export function storedDensity(texts?: TextStore) {
  const isDensity = (text: string): text is Density => text === "comfortable" || text === "compact";
  return stored<Density, Density>("parley.density", plain(isDensity), "comfortable", texts);
}
