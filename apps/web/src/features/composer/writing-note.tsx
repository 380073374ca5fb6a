import type { Length } from "./message-length.ts";

/** What there is to know about a text: why it was not sent, that it is too long, or nearly. */
export function WritingNote({
  id,
  length,
  problem,
}: {
  id: string;
  length: Length;
  problem: string | undefined;
}) {
  const wrong = problem ?? (length.is === "over" ? length.why : undefined);
  return (
    <p id={id} aria-live="polite" className="px-2 text-sm">
      {wrong !== undefined && <span className="mt-1.5 block font-medium text-danger">{wrong}</span>}
      {wrong === undefined && length.is === "near" && (
        <span className="mt-1.5 block text-ink-soft">{length.left} left</span>
      )}
    </p>
  );
}
