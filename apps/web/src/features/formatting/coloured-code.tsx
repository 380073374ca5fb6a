import { useEffect, useReducer, memo, useState, type ReactNode } from "react";
import { languageNamed } from "./languages.ts";
import type { Ink, Stretch } from "./highlight.ts";
import { inTurn } from "./frame-budget.ts";
import { Highlighter, type HighlightAnswer } from "./highlighter.ts";

/**
 * Colours code once a worker has parsed it; the text is the same before and after.
 * @param named the language as it was written; code of an unknown one stays plain
 */
export function ColouredCode({ code, named }: { code: string; named: string }) {
  const language = languageNamed(named);
  const known = language && highlighter.known({ code, language });
  const [, draw] = useReducer((times: number) => times + 1, 0);
  useEffect(() => {
    if (!language || known) return undefined;
    let isWanted = true;
    highlighter.highlight({ code, language }).then(
      () => isWanted && draw(),
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [code, language, known]);
  return known ? <Coloured stretches={known} /> : code;
}

/** How many spans are coloured at once; the rest of the code follows in slices. */
const AT_ONCE = 60;
/** The spans of one slice. */
const SLICE = 200;

const inks: Readonly<Record<Ink, string>> = {
  word: "ink-word",
  name: "ink-name",
  string: "ink-string",
  number: "ink-number",
  comment: "ink-comment",
};

/** Code with its colours, which arrive from the start on; its text is there at once. */
function Coloured({ stretches }: { stretches: readonly Stretch[] }): ReactNode {
  const [coloured, setColoured] = useState(AT_ONCE);
  const isWhole = coloured >= stretches.length;
  useEffect(
    () => (isWhole ? undefined : inTurn(() => setColoured((count) => count + SLICE))),
    [isWhole, coloured],
  );
  const slices: ReactNode[] = [];
  for (let from = 0; from < Math.min(coloured, stretches.length); from += SLICE) {
    const to = Math.min(from + SLICE, coloured);
    slices.push(<Slice key={from} stretches={stretches} from={from} to={to} />);
  }
  return (
    <>
      {slices}
      {stretches
        .slice(coloured)
        .map(({ text }) => text)
        .join("")}
    </>
  );
}

const Slice = memo(function Slice({
  stretches,
  from,
  to,
}: {
  stretches: readonly Stretch[];
  from: number;
  to: number;
}) {
  return stretches.slice(from, to).map(({ text, ink }, at) =>
    ink ? (
      // The code of a block never changes without all of its colours.
      // oxlint-disable-next-line react/no-array-index-key
      <span key={at} className={inks[ink]}>
        {text}
      </span>
    ) : (
      text
    ),
  );
});

/** The page's highlighter, loaded when the first code in a known language is shown. */
const highlighter = new Highlighter({
  open: (onAnswer, onFailed) => {
    const worker = new Worker(new URL("highlight-worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<HighlightAnswer>) => onAnswer(data));
    worker.addEventListener("error", onFailed);
    return {
      post: (job) => worker.postMessage(job),
      terminate: () => worker.terminate(),
    };
  },
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
});
