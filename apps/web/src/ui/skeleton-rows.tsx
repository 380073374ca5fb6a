/** The widths of outlines, in rem; of the user's own messages if negative. */
const WIDTHS = [14, 20, -16, 11, -9];

/** Where messages will be, while they are fetched; if that takes a while. */
export function SkeletonRows() {
  return (
    <div
      aria-hidden="true"
      data-outlines=""
      className="column flex h-full animate-late flex-col justify-end gap-3"
    >
      {WIDTHS.map((rem) => (
        <span
          key={rem}
          style={{ width: `${Math.abs(rem)}rem` }}
          className={`h-9 max-w-4/5 shrink-0 rounded-bubble bg-hover ${rem < 0 ? "self-end" : "ms-9"}`}
        />
      ))}
    </div>
  );
}
