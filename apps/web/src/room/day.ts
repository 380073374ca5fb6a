/** The reader's own day of a moment (ms since 1970), such as `2026-11-20`. */
export function dayOf(at: number): string {
  const date = new Date(at);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

const thisYear = new Intl.DateTimeFormat(undefined, {
  weekday: "long",
  day: "numeric",
  month: "long",
});
const otherYear = new Intl.DateTimeFormat(undefined, { dateStyle: "long" });

/** How a day separator reads: Today, Yesterday, or the date, with its year where that differs. */
export function dayTitle(at: number, now: number): string {
  const today = new Date(now);
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  const day = dayOf(at);
  if (day === dayOf(now)) return "Today";
  if (day === dayOf(yesterday.getTime())) return "Yesterday";
  return (new Date(at).getFullYear() === today.getFullYear() ? thisYear : otherYear).format(at);
}

const hourAndMinute = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });

/** A moment as it stands beside a message, such as 14:05. */
export function clockTime(at: number): string {
  return hourAndMinute.format(at);
}

/** A moment in full. */
export function fullTime(at: number): string {
  return whole.format(at);
}
