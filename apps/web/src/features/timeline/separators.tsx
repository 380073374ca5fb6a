import { unreachable } from "@parley/protocol";
import { Fragment } from "react";
import { summarize, type SummaryClause } from "../../room/presence-summary.ts";
import { dayTitle } from "../../room/day.ts";
import type { Note } from "../../room/timeline-slice.ts";
import { useNow } from "../../ui/use-page.ts";

/** How often a separator checks whether the day changed. */
const MINUTE_MS = 60_000;

/** The separator before a day. */
export function DayLine({ at }: { at: number }) {
  const now = useNow(MINUTE_MS);
  return (
    <div className="column flex items-center gap-3 pt-6 pb-1 text-xs font-semibold text-ink-faint">
      <span className="h-px grow bg-line" />
      <h2>{dayTitle(at, now)}</h2>
      <span className="h-px grow bg-line" />
    </div>
  );
}

/** The separator before the first unread message. */
export function NewLine() {
  return (
    <div className="column flex items-center gap-3 pt-4 text-xs font-bold">
      <span className="h-0.5 grow rounded-full bg-signal" />
      <span className="rounded-full rounded-ee-tip bg-signal px-2.5 py-0.5 text-on-signal">
        New
      </span>
    </div>
  );
}

/** Members who joined or left, or a gap in the log. */
export function NoteLine({ note }: { note: Note }) {
  switch (note.kind) {
    case "presence":
      return (
        <p className="column wrap-anywhere pt-3.5 text-center text-sm text-ink-faint">
          {summarize(note.changes).map((clause, i) => (
            <Fragment key={`${clause.what} ${clause.members[0]?.id}`}>
              {i > 0 && " · "}
              <ClauseText clause={clause} />
            </Fragment>
          ))}
        </p>
      );
    case "gap":
      return (
        <div className="column pt-4">
          <p className="mx-auto max-w-md rounded-md bg-caution-soft px-4 py-2.5 text-center text-sm text-caution">
            {note.why === "reset"
              ? "This room's past changed on the server. What was shown before is gone; this is what it has now."
              : `You were away for longer than this room keeps. ${goneSentence(note.gone)}`}
          </p>
        </div>
      );
    default:
      return unreachable(note);
  }
}

/** Edits and reactions have a `seq`, too, so the number is an upper limit of messages. */
function goneSentence(gone: number | undefined): string {
  if (gone === undefined) return "Some messages before these are gone.";
  return gone === 1 ? "1 message is gone." : `Up to ${gone} messages are gone.`;
}

function ClauseText({ clause: { members, others, was, what } }: { clause: SummaryClause }) {
  return (
    <>
      {was !== undefined && (
        <>
          <bdi>{was}</bdi> {what}{" "}
        </>
      )}
      {members.map(({ id, name }, i) => (
        <Fragment key={id}>
          {i > 0 && (others === 0 && i === members.length - 1 ? " and " : ", ")}
          <bdi className="font-medium">{name}</bdi>
        </Fragment>
      ))}
      {others > 0 && ` and ${others} others`}
      {was === undefined && ` ${what}`}
    </>
  );
}
