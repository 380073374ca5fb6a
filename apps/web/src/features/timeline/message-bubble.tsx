import { type ReactNode, useLayoutEffect, useRef } from "react";
import { clockTime, fullTime } from "../../room/day.ts";
import type { Said } from "../../room/message.ts";
import { useRoomActions } from "../../room/use-room.ts";
import { classNames } from "../../ui/class-names.ts";
import { isEmojiOnly } from "../emoji/emoji-only.ts";
import { MessageText } from "../formatting/message-text.tsx";
import { rowAround } from "../messages/row-elements.ts";

/** The text of a message in its bubble; a few emoji are large, without a bubble. */
export function MessageBubble({
  said: { text, editedAt },
  mine,
  opens,
  quote,
}: {
  said: Said;
  mine: boolean;
  opens: boolean;
  /** The message that it replies to. */
  quote?: ReactNode;
}) {
  const large = isEmojiOnly(text);
  return (
    <div
      className={classNames(
        "min-w-0",
        large && "py-1 text-[2.5rem] leading-tight",
        // Keeps stacked marks inside the message's own bubble.
        !large && "overflow-clip rounded-bubble px-3.5 py-2 shadow-low",
        !large && (mine ? "bg-mine" : "bg-theirs"),
        !large && opens && (mine ? "rounded-se-tip" : "rounded-ss-tip"),
      )}
    >
      {quote}
      <MessageText text={text} mine={mine} />
      {editedAt !== undefined && (
        <span className="block text-xs text-ink-faint" title={`Edited ${fullTime(editedAt)}`}>
          <span>edited</span>{" "}
          <time dateTime={new Date(editedAt).toISOString()}>{clockTime(editedAt)}</time>
        </span>
      )}
    </div>
  );
}

/** The trace of a message that its author deleted. */
export function DeletedBubble({ children }: { children?: ReactNode }) {
  return (
    <p className="rounded-bubble px-3.5 py-2 text-ink-faint italic ring-1 ring-line ring-inset">
      Message deleted
      {children}
    </p>
  );
}

/** Restores a message that was just deleted; takes the focus from the control that deleted it. */
export function UndoDeletion({ id }: { id: string }) {
  const { undoDelete } = useRoomActions();
  const button = useRef<HTMLButtonElement>(null);

  useLayoutEffect(() => {
    const element = button.current;
    const line = rowAround(element);
    const focused = document.activeElement;
    if (focused === document.body || focused === line) element?.focus({ preventScroll: true });
    return () => {
      // The button goes away, so its message takes the focus.
      if (document.activeElement === element) line?.focus({ preventScroll: true });
    };
  }, []);

  return (
    <button
      ref={button}
      type="button"
      onClick={() => undoDelete(id)}
      className="ms-2 rounded-sm px-2 py-0.5 font-semibold text-link not-italic hover:bg-hover touch:py-2"
    >
      Undo
    </button>
  );
}
