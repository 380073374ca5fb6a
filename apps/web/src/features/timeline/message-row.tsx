import type { PendingMessage } from "@parley/client";
import { isMessage } from "@parley/protocol";
import { memo } from "react";
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
import { Row, saidIdOf } from "./row.tsx";

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
