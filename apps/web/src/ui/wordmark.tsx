/** The name, drawn in one line of even weight: six circles, stems and an ascender. */
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
