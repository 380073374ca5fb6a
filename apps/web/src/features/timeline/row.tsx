import type { Member } from "@parley/protocol";
import type { ReactNode } from "react";
import { clockTime, dateAndTime } from "../../room/day.ts";
import { spokenName } from "../../room/names.ts";
import { classNames } from "../../ui/class-names.ts";
import { Avatar } from "../presence/member.tsx";

/** The state of a row for keyboard and pointer. */
export interface RowState {
  /** See {@link rowKey}. */
  readonly row: string;
  /** The row is active: it shows its tools. */
  readonly isActive: boolean;
  readonly tools?: ReactNode;
  /** It is the target of a jump: it is highlighted. */
  readonly isFound?: boolean;
}

/** The id of the element with what a row says. */
export function saidIdOf(row: string): string {
  return `said-${row}`;
}

/**
 * The row of a message: own ones at the end of the line, those of others at its start, beside the
 * avatar of their author. The first of a group has some distance to the one before.
 */
export function Row({
  from,
  at,
  opens,
  dated,
  line: { row, isActive, tools, isFound = false },
  below,
  children,
}: {
  /** Its author; undefined for the user's own. */
  from: Member | undefined;
  at: number;
  opens: boolean;
  /** Whether its accessible name has the date, for those who step from message to message. */
  dated: boolean;
  line: RowState;
  /** Belongs to the message and is shown below it. */
  below?: ReactNode;
  /** The bubble. */
  children: ReactNode;
}) {
  const mine = from === undefined;
  return (
    <article
      data-row={row}
      data-active={isActive ? "" : undefined}
      tabIndex={-1}
      aria-label={`${mine ? "You" : spokenName(from)}, ${dated ? dateAndTime(at) : clockTime(at)}`}
      aria-describedby={saidIdOf(row)}
      className={classNames(
        "column group/row relative scroll-mt-10 scroll-mb-6 [contain:layout_style]",
        "rounded-md focus-visible:-outline-offset-2",
        isFound && "bg-found",
        opens ? "pt-(--group-gap)" : "pt-(--row-gap)",
        mine ? "speech-mine" : "speech-theirs",
      )}
    >
      {opens && !mine && (
        <span className="speech-avatar">
          <Avatar member={from} size="sm" />
        </span>
      )}
      <div className={classNames("flex", mine && "justify-end")}>
        <div data-said="" className="relative min-w-0 touch:select-none">
          {children}
          {isActive && tools}
        </div>
      </div>
      {below && <div className={classNames("flex", mine && "justify-end")}>{below}</div>}
    </article>
  );
}
