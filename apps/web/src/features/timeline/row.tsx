import type { Member } from "@parley/protocol";
import { IconCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { clockTime, dateAndTime, fullTime } from "../../room/day.ts";
import { spokenName } from "../../room/names.ts";
import { classNames } from "../../ui/class-names.ts";
import { Avatar, HookBadge, MemberName, memberStyle } from "../presence/member.tsx";

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

/**
 * The row of a message: own ones at the right, those of others at the left beside their avatar. The
 * first of a group has its author and time above it; the others show their time on hover.
 */
export function Row({
  from,
  at,
  mine,
  opens,
  dated = false,
  sent = false,
  line: { row, isActive, tools, isFound = false },
  below,
  children,
}: {
  /** Undefined only while one's own message waits for the first connection. */
  from: Member | undefined;
  at: number;
  mine: boolean;
  opens: boolean;
  /** Whether its accessible name has the date, for those who step from message to message. */
  dated?: boolean;
  /** Whether it is in the log. */
  sent?: boolean;
  line: RowState;
  /** Belongs to the message and is shown below it. */
  below?: ReactNode;
  children: ReactNode;
}) {
  const saidId = `said-${row}`;
  return (
    <article
      data-row={row}
      tabIndex={-1}
      aria-label={`${mine ? "You" : from ? spokenName(from) : ""}, ${dated ? dateAndTime(at) : clockTime(at)}`}
      aria-describedby={saidId}
      className={classNames(
        "column group/row relative scroll-mt-10 scroll-mb-6 pb-0.5 [contain:layout_style]",
        "rounded-md focus-visible:-outline-offset-2",
        isFound && "bg-found",
        opens ? "pt-3" : "pt-px",
        mine ? "speech-mine" : "speech-theirs",
      )}
    >
      {opens && <GroupHeader from={from} at={at} mine={mine} />}
      <div className={classNames("flex items-center gap-2", mine && "flex-row-reverse")}>
        <div data-said="" className="relative min-w-0 touch:select-none">
          {/* Without the tools: they are no part of what is said. */}
          <div id={saidId}>{children}</div>
          {isActive && tools}
        </div>
        {sent && (
          <span
            className={classNames(
              "flex w-0 shrink-0 justify-end self-end pb-1 text-ink-faint",
              // The time is shown in its place.
              !opens && "sm:transition-opacity sm:group-hover/row:opacity-0",
            )}
          >
            <IconCheck role="img" aria-label="Sent" size={14} stroke={2} className="shrink-0" />
          </span>
        )}
        {!opens && (
          // Takes no space from the text beside it.
          <Time
            at={at}
            className={classNames(
              "flex w-0 shrink-0 text-xs whitespace-nowrap text-ink-faint max-sm:sr-only",
              "opacity-0 transition-opacity group-hover/row:opacity-100",
              mine && "justify-end",
            )}
          />
        )}
      </div>
      {below && <div className={classNames("flex", mine && "justify-end")}>{below}</div>}
    </article>
  );
}

function GroupHeader({ from, at, mine }: { from: Member | undefined; at: number; mine: boolean }) {
  if (mine || !from) {
    return (
      <header className="mb-1 px-0.5 text-end text-xs text-ink-faint">
        <span className="sr-only">You</span>
        <Time at={at} />
      </header>
    );
  }
  return (
    <header className="mb-1 flex items-baseline gap-2 px-0.5 text-xs text-ink-faint">
      <span className="speech-avatar">
        <Avatar member={from} />
      </span>
      <span
        style={memberStyle(from.id)}
        className="person min-w-0 truncate text-sm font-semibold text-person"
      >
        <MemberName member={from} />
      </span>
      <HookBadge member={from} />
      <Time at={at} className="shrink-0" />
    </header>
  );
}

function Time({ at, className }: { at: number; className?: string }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={fullTime(at)} className={className}>
      {clockTime(at)}
    </time>
  );
}
