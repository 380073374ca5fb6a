import type { PendingMessage } from "@parley/client";
import { isMessage, type Member } from "@parley/protocol";
import { memo, type ReactNode } from "react";
import { type Message, saidIn } from "../../room/message.ts";
import { pendingChangesOf } from "../../room/pending-changes.ts";
import { useRoom } from "../../room/use-room.ts";
import type { RoomState } from "../../room/store.ts";
import { LazyDelivery, LazyPendingEditState } from "../connection/lazy-connection.tsx";
import { useActiveRow } from "../messages/active-row.ts";
import { Attachments } from "../files/attachments.tsx";
import { LazyUploadState } from "../files/lazy-files.tsx";
import { ReplyQuote } from "./quote.tsx";
import { ReactionList } from "../messages/reactions.tsx";
import { LazyRowToolbar } from "../messages/lazy-row-tools.tsx";
import { type BubbleLabel, MessageBubble, DeletedBubble, UndoDeletion } from "./message-bubble.tsx";
import { clockTime, dateAndTime } from "../../room/day.ts";
import { spokenName } from "../../room/names.ts";
import { classNames } from "../../ui/class-names.ts";
import { Avatar } from "../presence/member.tsx";

/**
 * A message, pending or in the log: one component for both, so that its elements stay when it is
 * acknowledged.
 */
export const MessageRow = memo(function MessageRow({
  row,
  mine,
  message,
  outgoing,
  opens,
  dated,
  onAmend,
}: {
  /** See `rowKey`. */
  row: string;
  mine: boolean;
  opens: boolean;
  dated: boolean;
  /** Moves the text of a refused message back into the composer. */
  onAmend: (outgoing: PendingMessage) => void;
} & (
  | { message: Message; outgoing?: undefined }
  | { message?: undefined; outgoing: PendingMessage }
)) {
  const { id, at } = message ?? outgoing;
  const pending = useRoom((state) => pendingChangesOf(state.outgoing, id));
  const standing = useRoom((state) => standingOf(state, id, message?.seq, mine));
  const isLastOwn = useRoom(
    ({ messages }) => mine && message && lastOf(messages, message.from.id) === message,
  );
  const isActive = useActiveRow((activeRow) => activeRow.row === row);
  const content = message ?? contentOf(outgoing);
  if (!content) return null;
  const { body, replyTo } = content;
  const edit = mine ? pending.edit : undefined;
  const deletion = mine ? pending.deletion : undefined;
  const isThere = body.is === "said" && !deletion && standing !== "undoable";
  const from = mine ? undefined : message?.from;
  const label: BubbleLabel = {
    id: saidIdOf(row),
    author: opens ? from : undefined,
    at,
    check: !mine || !message || !isThere ? "none" : isLastOwn ? "named" : "silent",
  };
  const isPending = outgoing !== undefined || edit !== undefined || deletion !== undefined;
  const isReactedTo = (message?.reactions.length ?? 0) > 0 || pending.reactions.size > 0;
  return (
    <Row
      from={from}
      at={at}
      opens={opens}
      dated={dated}
      line={{
        row,
        isActive,
        isFound: standing === "found",
        tools: isThere && <LazyRowToolbar row={row} mine={mine} message={message} />,
      }}
      below={
        (isReactedTo || isPending) && (
          <div className="min-w-0">
            {isThere && message && isReactedTo && (
              <ReactionList message={message} reachable={isActive} />
            )}
            {isThere && message && edit && <LazyPendingEditState edit={edit} />}
            {deletion && <LazyDelivery outgoing={deletion} />}
            {outgoing && !deletion && <Delivery outgoing={outgoing} onAmend={onAmend} />}
          </div>
        )
      }
    >
      {isThere ? (
        <MessageBubble
          row={row}
          label={label}
          said={{ ...body, text: textOf(edit) ?? body.text }}
          mine={mine}
          opens={opens}
          quote={replyTo && <ReplyQuote replyTo={replyTo} reachable={isActive} />}
          attached={
            body.files && (
              <Attachments files={body.files} isPending={!message} reachable={isActive} />
            )
          }
        />
      ) : (
        <DeletedBubble label={label}>
          {standing === "undoable" && <UndoDeletion id={id} />}
        </DeletedBubble>
      )}
    </Row>
  );
});

/** How far a pending message is. */
function Delivery({
  outgoing,
  onAmend,
}: {
  outgoing: PendingMessage;
  onAmend: (outgoing: PendingMessage) => void;
}) {
  const { frame, state } = outgoing;
  if (frame.type !== "chat") return null;
  const { files } = frame.payload;
  return files && state.is !== "failed" ? (
    <LazyUploadState outgoing={outgoing} files={files} />
  ) : (
    <LazyDelivery outgoing={outgoing} onEdit={onAmend} />
  );
}

/** What a pending message says. */
function contentOf({ frame }: PendingMessage): Pick<Message, "body" | "replyTo"> | undefined {
  if (!isMessage(frame)) return undefined;
  const { replyTo } = frame.payload;
  return { body: saidIn(frame), ...(replyTo !== undefined && { replyTo: { id: replyTo } }) };
}

/** Why a message is highlighted, if it is. */
function standingOf(
  { undoable, jumpTarget }: RoomState,
  id: string,
  seq: number | undefined,
  mine: boolean,
): "undoable" | "found" | undefined {
  if (mine && undoable.has(id)) return "undoable";
  return jumpTarget.is === "found" && jumpTarget.seq === seq ? "found" : undefined;
}

function lastOf(messages: readonly Message[], authorId: string): Message | undefined {
  return messages.findLast(({ from }) => from.id === authorId);
}

function textOf(edit: PendingMessage | undefined): string | undefined {
  return edit?.frame.type === "edit" ? edit.frame.payload.message : undefined;
}

/** The state of a row for keyboard and pointer. */
interface RowState {
  /** See {@link rowKey}. */
  readonly row: string;
  /** The row is active: it shows its tools. */
  readonly isActive: boolean;
  readonly tools?: ReactNode;
  /** It is the target of a jump: it is highlighted. */
  readonly isFound?: boolean;
}

/** The id of the element with what a row says. */
function saidIdOf(row: string): string {
  return `said-${row}`;
}

/**
 * The row of a message: own ones at the end of the line, those of others at its start, beside the
 * avatar of their author. The first of a group has some distance to the one before.
 */
function Row({
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
