import { markShapes } from "./mark-shapes.ts";

/** The mark: two speech shapes, and the common ground where they overlap. Decorative. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 64 64" className={className} aria-hidden="true" focusable="false">
      <path className="fill-flag-blue" d={markShapes.blue} />
      <path className="fill-flag-yellow" d={markShapes.yellow} />
      <path className="fill-flag-navy" d={markShapes.navy} />
    </svg>
  );
}
