import type { PendingMessage } from "@parley/client";
import { memo } from "react";
import type { Message } from "../../room/message.ts";
import { pendingChangesOf } from "../../room/pending-changes.ts";
import { useRoom } from "../../room/use-room.ts";
import type { RoomState } from "../../room/store.ts";
import { LazyDelivery, LazyPendingEditState } from "../connection/lazy-connection.tsx";
import { rowKey, useActiveRow } from "../messages/active-row.ts";
import { Attachments } from "../files/attachments.tsx";
import { ReplyQuote } from "./quote.tsx";
import { ReactionList } from "../messages/reactions.tsx";
import { LazyRowToolbar } from "../messages/lazy-row-tools.tsx";
import { type BubbleLabel, MessageBubble, DeletedBubble, UndoDeletion } from "./message-bubble.tsx";
import { Row, saidIdOf } from "./row.tsx";

/** A message of the log. */
export const MessageRow = memo(function MessageRow({
  message,
  opens,
  dated,
}: {
  message: Message;
  opens: boolean;
  dated: boolean;
}) {
  const { id, body, from, at, replyTo, reactions } = message;
  const row = rowKey(from.id, id);
  const mine = useRoom(({ people }) => people?.self.id === from.id);
  const pending = useRoom(({ outgoing }) => pendingChangesOf(outgoing, id));
  const standing = useRoom((state) => standingOf(state, message, mine));
  const isLastOwn = useRoom(({ messages }) => mine && lastOf(messages, from.id) === message);
  const isActive = useActiveRow((activeRow) => activeRow.row === row);
  const edit = mine ? pending.edit : undefined;
  const deletion = mine ? pending.deletion : undefined;
  const isThere = body.is === "said" && !deletion && standing !== "undoable";
  const isReactedTo = reactions.length > 0 || pending.reactions.size > 0;
  const label: BubbleLabel = {
    id: saidIdOf(row),
    author: opens && !mine ? from : undefined,
    at,
    check: !mine || !isThere ? "none" : isLastOwn ? "named" : "silent",
  };
  return (
    <Row
      from={from}
      at={at}
      mine={mine}
      opens={opens}
      dated={dated}
      line={{
        row,
        isActive,
        isFound: standing === "found",
        tools: isThere && <LazyRowToolbar row={row} mine={mine} message={message} />,
      }}
      below={
        (isReactedTo || edit !== undefined || deletion !== undefined) && (
          <div className="min-w-0">
            {isThere && isReactedTo && <ReactionList message={message} reachable={isActive} />}
            {isThere && edit && <LazyPendingEditState edit={edit} />}
            {deletion && <LazyDelivery outgoing={deletion} />}
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
            body.files && <Attachments files={body.files} isPending={false} reachable={isActive} />
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

/** Why a message is highlighted, if it is. */
function standingOf(
  { undoable, jumpTarget }: RoomState,
  { id, seq }: Message,
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
