import { dayTitle } from "../../room/day.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const date = new Intl.DateTimeFormat(undefined, {
  day: "numeric",
  month: "short",
  year: "numeric",
});
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });

/** How long ago something was, such as `5 minutes ago` or, past a few hours, its day. */
export function agoTitle(at: number, now: number): string {
  const past = now - at;
  if (past < MINUTE_MS) return "just now";
  if (past < HOUR_MS) return relative.format(-Math.floor(past / MINUTE_MS), "minute");
  if (past < 6 * HOUR_MS) return relative.format(-Math.floor(past / HOUR_MS), "hour");
  const day = dayTitle(at, now);
  return day === "Today" || day === "Yesterday" ? day : date.format(at);
}
