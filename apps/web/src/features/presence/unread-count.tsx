/** A higher count is shown as this and a plus. */
const COUNT_MAX = 99;

/** The number of unread private messages. */
export function UnreadCount({ unread }: { unread: number }) {
  return (
    <span className="shrink-0 rounded-full rounded-ee-tip bg-signal px-2 py-0.5 text-xs font-bold text-on-signal tabular-nums">
      {unread > COUNT_MAX ? `${COUNT_MAX}+` : unread}
      <span className="sr-only"> new</span>
    </span>
  );
}
