/** The day of a time (ms since 1970) in the user's time zone, such as `2026-11-20`. */
export function dayOf(at: number): string {
  const date = new Date(at);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

const thisYear = dateFormat({ weekday: "long", day: "numeric", month: "long" });
const otherYear = dateFormat({ dateStyle: "long" });

/** The text of a day separator: Today, Yesterday, or the date, with its year if that differs. */
export function dayTitle(at: number, now: number): string {
  const today = new Date(now);
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  const day = dayOf(at);
  if (day === dayOf(now)) return "Today";
  if (day === dayOf(yesterday.getTime())) return "Yesterday";
  return (new Date(at).getFullYear() === today.getFullYear() ? thisYear : otherYear)(at);
}

const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;

/** A time as it is shown beside a message, such as 14:05. */
export const clockTime = onceFor(MINUTE_MS, dateFormat({ hour: "numeric", minute: "2-digit" }));

/** A date and a time, as the name of a message says them. */
export const dateAndTime = onceFor(
  MINUTE_MS,
  dateFormat({ dateStyle: "full", timeStyle: "short" }),
);

/** A date as it is on paper, where no day is today. */
export const fullDate = dateFormat({ dateStyle: "full" });

/** A time in full. */
export const fullTime = onceFor(SECOND_MS, dateFormat({ dateStyle: "full", timeStyle: "medium" }));

/**
 * How to write a time (ms since 1970) in the user's language. The first format of a page takes a
 * browser 30 ms and more, so none is made before it is needed.
 */
export function dateFormat(options: Intl.DateTimeFormatOptions): (at: number) => string {
  let made: Intl.DateTimeFormat | undefined;
  return (at) => (made ??= new Intl.DateTimeFormat(undefined, options)).format(at);
}

/** Caches the last result: neighbours in a log share their minute, and formatting is slow. */
function onceFor(stepMs: number, write: (at: number) => string): (at: number) => string {
  let last: { readonly step: number; readonly text: string } | undefined;
  return (at) => {
    const step = Math.floor(at / stepMs);
    if (last?.step !== step) last = { step, text: write(at) };
    return last.text;
  };
}
