import { unreachable } from "@parley/protocol";
import { Fragment } from "react";
import { summarize, type SummaryClause } from "../../room/presence-summary.ts";
import type { Note } from "../../room/timeline-slice.ts";

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
