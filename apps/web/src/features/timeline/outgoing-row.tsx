import type { PendingMessage } from "@parley/client";
import { isMessage } from "@parley/protocol";
import { memo } from "react";
import { saidIn } from "../../room/message.ts";
import { pendingChangesOf, pendingEditOf } from "../../room/pending-changes.ts";
import { useRoom } from "../../room/use-room.ts";
import { LazyDelivery } from "../connection/lazy-connection.tsx";
import { Attachments } from "../files/attachments.tsx";
import { LazyUploadState } from "../files/lazy-files.tsx";
import { rowKey, useActiveRow } from "../messages/active-row.ts";
import { LazyRowToolbar } from "../messages/lazy-row-tools.tsx";
import { MessageBubble, DeletedBubble, UndoDeletion } from "./message-bubble.tsx";
import { ReplyQuote } from "./quote.tsx";
import { Row, saidIdOf } from "./row.tsx";

/** A pending message with its state. */
export const OutgoingRow = memo(function OutgoingRow({
  outgoing,
  opens,
  onEdit,
}: {
  outgoing: PendingMessage;
  opens: boolean;
  /** Moves the text back into the composer. */
  onEdit: (outgoing: PendingMessage) => void;
}) {
  const self = useRoom(({ people }) => people?.self);
  const { id, at, frame } = outgoing;
  const row = rowKey(self?.id ?? "self", id);
  const edited = useRoom((state) => pendingEditOf(state.outgoing, id)?.text);
  const deletion = useRoom((state) => pendingChangesOf(state.outgoing, id).deletion);
  const isUndoable = useRoom(({ undoable }) => undoable.has(id));
  const isActive = useActiveRow((activeRow) => activeRow.row === row);
  if (!isMessage(frame)) return null;
  const said = saidIn(frame);
  const { replyTo } = frame.payload;
  const isThere = !deletion && !isUndoable;
  const label = { id: saidIdOf(row), author: undefined, at, check: "none" } as const;
  return (
    <Row
      from={self}
      at={at}
      mine
      opens={opens}
      line={{ row, isActive, tools: isThere && <LazyRowToolbar row={row} mine /> }}
      below={
        said.files && !deletion && outgoing.state.is !== "failed" ? (
          <LazyUploadState outgoing={outgoing} files={said.files} />
        ) : (
          <LazyDelivery
            outgoing={deletion ?? outgoing}
            onEdit={frame.type === "chat" ? onEdit : undefined}
          />
        )
      }
    >
      {isThere ? (
        <MessageBubble
          row={row}
          label={label}
          said={{ ...said, text: edited ?? said.text }}
          mine
          opens={opens}
          quote={
            replyTo !== undefined && <ReplyQuote replyTo={{ id: replyTo }} reachable={isActive} />
          }
          attached={said.files && <Attachments files={said.files} isPending reachable={isActive} />}
        />
      ) : (
        <DeletedBubble label={label}>{isUndoable && <UndoDeletion id={id} />}</DeletedBubble>
      )}
    </Row>
  );
});
