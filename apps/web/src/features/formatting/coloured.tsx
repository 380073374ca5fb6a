import { memo, useEffect, useState, type ReactNode } from "react";
import type { Ink, Stretch } from "./highlight.ts";
import { inTurn } from "./in-turn.ts";

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
export function Coloured({ stretches }: { stretches: readonly Stretch[] }): ReactNode {
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
