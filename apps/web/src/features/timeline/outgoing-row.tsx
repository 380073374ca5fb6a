import type { PendingMessage } from "@parley/client";
import { isMessage, unreachable } from "@parley/protocol";
import { memo } from "react";
import { IconAlertCircle, IconClock } from "@tabler/icons-react";
import { saidIn } from "../../room/message.ts";
import { pendingChangesOf, pendingEditOf } from "../../room/pending-changes.ts";
import { useRoom, useRoomActions } from "../../room/use-room.ts";
import { Button } from "../../ui/button.tsx";
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
        <Delivery
          outgoing={deletion ?? outgoing}
          onEdit={frame.type === "chat" ? onEdit : undefined}
        />
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
        />
      ) : (
        <DeletedBubble label={label}>{isUndoable && <UndoDeletion id={id} />}</DeletedBubble>
      )}
    </Row>
  );
});

/** The state of a pending entry, and what can be done about it. */
export function Delivery({
  outgoing,
  onEdit,
}: {
  outgoing: PendingMessage;
  /** For entries that can be edited. */
  onEdit?: ((outgoing: PendingMessage) => void) | undefined;
}) {
  const { retry, discard } = useRoomActions();
  const { state, id } = outgoing;
  switch (state.is) {
    case "queued":
      return (
        <p className="mt-1 mb-1 flex animate-late items-center gap-1 text-xs text-ink-faint">
          <IconClock aria-hidden="true" size={14} stroke={1.8} />
          Queued
        </p>
      );
    case "sending":
      // Most are acknowledged before anybody could read this.
      return <p className="mt-1 animate-late text-xs text-ink-faint">Sending…</p>;
    case "failed":
      return (
        <div className="mt-1 flex flex-wrap items-center justify-end gap-x-1 gap-y-1">
          <p className="me-1 flex items-center gap-1 text-sm text-danger">
            <IconAlertCircle aria-hidden="true" size={16} stroke={1.8} className="shrink-0" />
            {state.refusal.message}
          </p>
          <span className="flex gap-1">
            <Button look="quiet" size="sm" onClick={() => retry(id)}>
              Retry
            </Button>
            {onEdit && (
              <Button look="quiet" size="sm" onClick={() => onEdit(outgoing)}>
                Edit
              </Button>
            )}
            <Button look="quiet" size="sm" onClick={() => discard(id)}>
              Discard
            </Button>
          </span>
        </div>
      );
    default:
      return unreachable(state);
  }
}

/** The state of an edit that is shown already and not acknowledged yet. */
export function PendingEditState({ edit }: { edit: PendingMessage }) {
  const setComposing = useRoom((state) => state.setComposing);
  const { frame } = edit;
  if (frame.type !== "edit") return null;
  const { target, message } = frame.payload;
  return (
    <Delivery
      outgoing={edit}
      onEdit={() => setComposing({ is: "editing", target, text: message })}
    />
  );
}
