/** The mark: two speech shapes, and the common ground where they overlap. Decorative. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 64 64" className={className} aria-hidden="true" focusable="false">
      <path
        className="fill-flag-blue"
        d="M16 4h14a14 14 0 0 1 14 14v12a14 14 0 0 1-14 14H4a2 2 0 0 1-2-2V18A14 14 0 0 1 16 4Z"
      />
      <path
        className="fill-flag-yellow"
        d="M34 20h26a2 2 0 0 1 2 2v24a14 14 0 0 1-14 14H34a14 14 0 0 1-14-14V34a14 14 0 0 1 14-14Z"
      />
      <path
        className="fill-flag-navy"
        d="M34 20h10v10a14 14 0 0 1-14 14H20V34a14 14 0 0 1 14-14Z"
      />
    </svg>
  );
}
