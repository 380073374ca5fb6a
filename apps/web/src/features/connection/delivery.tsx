import type { PendingMessage } from "@parley/client";
import { type RefusalCode, unreachable } from "@parley/protocol";
import { IconAlertCircle, IconClock } from "@tabler/icons-react";
import { useRoom, useRoomActions } from "../../room/use-room.ts";
import { Button } from "../../ui/button.tsx";

export interface DeliveryProps {
  outgoing: PendingMessage;
  /** For entries that can be edited: moves the text back into the composer. */
  onEdit?: ((outgoing: PendingMessage) => void) | undefined;
}

/** Refusals of a text as it is: no other try can end otherwise. */
const ofText: ReadonlySet<RefusalCode> = new Set([
  "not_unicode",
  "message_empty",
  "message_too_long",
]);

/** The state of a pending entry, and what can be done about it. */
export function Delivery({ outgoing, onEdit }: DeliveryProps) {
  const { retry, discard } = useRoomActions();
  const { state, id } = outgoing;
  switch (state.is) {
    case "queued":
      return (
        <p className="mt-1 mb-1 flex animate-late-line items-center gap-1 text-xs text-ink-faint">
          <IconClock aria-hidden="true" size={14} stroke={1.8} />
          Queued
        </p>
      );
    case "sending":
      // Most are acknowledged before anybody could read this.
      return <p className="mt-1 animate-late-line text-xs text-ink-faint">Sending…</p>;
    case "failed":
      return (
        <div className="mt-1 flex flex-wrap items-center justify-end gap-x-1 gap-y-1">
          <p className="me-1 flex items-center gap-1 text-sm text-danger">
            <IconAlertCircle aria-hidden="true" size={16} stroke={1.8} className="shrink-0" />
            {state.refusal.message}
          </p>
          <span className="flex gap-1">
            {!ofText.has(state.refusal.code) && (
              <Button look="quiet" size="sm" onClick={() => retry(id)}>
                Retry
              </Button>
            )}
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
      onEdit={() => setComposing({ is: "editing", id: target, text: message })}
    />
  );
}
