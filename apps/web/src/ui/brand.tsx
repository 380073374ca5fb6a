/** The mark's three shapes, back to front, as paths in a square of 64. */
export const markShapes = {
  blue: "M16 4h14a14 14 0 0 1 14 14v12a14 14 0 0 1-14 14H4a2 2 0 0 1-2-2V18A14 14 0 0 1 16 4Z",
  yellow: "M34 20h26a2 2 0 0 1 2 2v24a14 14 0 0 1-14 14H34a14 14 0 0 1-14-14V34a14 14 0 0 1 14-14Z",
  navy: "M34 20h10v10a14 14 0 0 1-14 14H20V34a14 14 0 0 1 14-14Z",
} as const;

/** The mark: two speech bubbles and their overlap. Decorative. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 64 64" className={className} aria-hidden="true" focusable="false">
      <path className="fill-flag-blue" d={markShapes.blue} />
      <path className="fill-flag-yellow" d={markShapes.yellow} />
      <path className="fill-flag-navy" d={markShapes.navy} />
    </svg>
  );
}

/** The name, drawn with strokes of one width: six circles, stems and an ascender. */
export function Wordmark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 281 92" className={className} role="img" aria-label="Parley">
      <g fill="none" stroke="currentColor" strokeWidth="10" strokeLinecap="round">
        <path d="M6 30v56" />
        <circle cx="26" cy="46" r="20" />
        <circle cx="80" cy="46" r="20" />
        <path d="M100 28v38" />
        <path d="M124 28v38M124 48a20 20 0 0 1 18-20" />
        <path d="M162 6v60" />
        <path d="M186 47h39a20 20 0 1 0-5 13" />
        <path d="M239 28v18a18 18 0 0 0 36 0M275 28v40a18 18 0 0 1-33 10" />
      </g>
    </svg>
  );
}
