import { classNames } from "./class-names.ts";

/** A higher count is shown as this and a plus. */
const COUNT_MAX = 99;

/** The text of a count. */
export function countText(count: number): string {
  return count > COUNT_MAX ? `${COUNT_MAX}+` : `${count}`;
}

/** The number of unread messages; of a muted room it does not stand out. */
export function UnreadCount({ unread, isMuted = false }: { unread: number; isMuted?: boolean }) {
  return (
    <span
      className={classNames(
        "shrink-0 rounded-full rounded-ee-tip px-2 py-0.5 text-xs font-bold tabular-nums",
        isMuted ? "bg-ink/20" : "bg-signal text-on-signal",
      )}
    >
      {countText(unread)}
      <span className="sr-only"> new</span>
    </span>
  );
}
