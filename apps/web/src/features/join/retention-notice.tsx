import { useEffect, useState } from "react";
import { keptIn, keptSentence, type Kept } from "./retention-sentence.ts";

/** Says what becomes of messages; for how long they are kept, once the server has said so. */
export function KeptLine() {
  const [kept, setKept] = useState<Kept>();
  useEffect(() => {
    const ended = new AbortController();
    fetch("/about.json", { signal: ended.signal })
      .then((answer) => answer.json())
      .then((answer: unknown) => setKept(keptIn(answer)))
      // Without an answer the sentence stays general.
      .catch(() => undefined);
    return () => ended.abort();
  }, []);
  // As tall as its longest wording, so that nothing below it moves.
  return (
    <p className="min-h-[2lh] max-sm:min-h-[3lh] text-sm text-pretty text-ink-soft">
      {keptSentence(kept)}
    </p>
  );
}
