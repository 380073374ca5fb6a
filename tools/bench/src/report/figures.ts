import type { Aim, Unit, RowVerdict } from "../rows/row.ts";
import { isReached } from "../rows/row.ts";

const NOTHING = "–";

/** A number with its unit, short enough for a table: `1,020,000 /s`, `0.74 µs`, `6.4 ×`. */
export function figure(value: number | undefined, unit: Unit): string {
  if (value === undefined || Number.isNaN(value)) return NOTHING;
  if (value === Infinity) return "never";
  const [places, suffix] = unit.endsWith("/s")
    ? [0, unit === "MB/s" ? unit : "/s"]
    : [placesOf(value), unit];
  return `${grouped(value, places)} ${suffix}`;
}

/** A share of 1 as a percentage. */
export function share(value: number | undefined, places = 0): string {
  if (value === undefined || Number.isNaN(value)) return NOTHING;
  // 99.96 % is not all.
  const percent = Math.floor(value * 100 * 10 ** places) / 10 ** places;
  return `${percent.toFixed(places)} %`;
}

export function aimText(aim: Aim, unit: Unit): string {
  return `${aim.is === "at least" ? "≥" : "≤"} ${aim.value} ${unit}`;
}

/** Whether an aim was reached, in a word; empty for a row without an aim. */
export function reachedText(verdict: RowVerdict): string {
  if (verdict.aim && Number.isNaN(verdict.value)) return "not measured";
  const reached = isReached(verdict);
  if (reached === undefined) return "";
  return reached ? "reached" : "missed";
}

function placesOf(value: number): number {
  if (Math.abs(value) >= 100) return 0;
  return Math.abs(value) >= 10 ? 1 : 2;
}

function grouped(value: number, places: number): string {
  return value.toLocaleString("en-US", {
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  });
}
