import { IconSend2 } from "@tabler/icons-react";
import { useId, useRef, type SubmitEvent, type KeyboardEvent, type ReactNode } from "react";
import { classNames } from "../../ui/class-names.ts";
import { TOUCH, useMedia } from "../../ui/use-media.ts";
import { lengthOf, trimMessage } from "./message-length.ts";
import { useAutogrow } from "./use-autogrow.ts";

/** What a key gives while an input method still composes a character. */
const KEY_OF_COMPOSITION = 229;

/**
 * A text box that sends. Enter sends and Shift+Enter breaks the line; where the keyboard is on the
 * screen, Enter breaks it and the button sends. It is never disabled.
 */
export function WritingBox({
  text,
  focusOnTouch,
  onWrite,
  onSend,
  onCancel,
  above,
}: {
  text: string;
  /** Takes the focus on a device with a keyboard on the screen, too. */
  focusOnTouch: boolean;
  onWrite: (text: string) => void;
  /** Takes a text that keeps to the limits and is not blank. */
  onSend: (text: string) => void;
  onCancel?: () => void;
  above?: ReactNode;
}) {
  const touch = useMedia(TOUCH);
  const noteId = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  useAutogrow(box, text);
  const length = lengthOf(trimMessage(text));
  const blank = text.trim() === "";

  const send = () => {
    if (blank || length.is === "over") return;
    onSend(trimMessage(text));
  };
  const keyPressed = (event: KeyboardEvent) => {
    // oxlint-disable-next-line typescript/no-deprecated -- Safari tells of the last key in no other way
    if (event.nativeEvent.isComposing || event.keyCode === KEY_OF_COMPOSITION) return;
    if (event.key === "Escape") onCancel?.();
    if (event.key !== "Enter" || event.shiftKey || touch) return;
    event.preventDefault();
    send();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    send();
    box.current?.focus();
  };

  return (
    <form
      onSubmit={submit}
      className="mx-auto w-full max-w-3xl px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-6"
    >
      {above}
      <div
        className={classNames(
          "flex items-end gap-1 rounded-bubble bg-surface p-1.5 shadow-low ring-1 ring-inset",
          "transition-shadow focus-within:ring-2",
          length.is === "over"
            ? "ring-danger focus-within:ring-danger"
            : "ring-edge focus-within:ring-focus",
        )}
      >
        <textarea
          ref={box}
          aria-label="Message"
          aria-invalid={length.is === "over" ? true : undefined}
          aria-describedby={length.is === "fine" ? undefined : noteId}
          value={text}
          rows={1}
          dir="auto"
          placeholder="Write a message"
          enterKeyHint={touch ? "enter" : "send"}
          // Whoever enters a room came to write; a keyboard on the screen would hide what was said.
          autoFocus={!touch || focusOnTouch}
          onChange={(event) => onWrite(event.target.value)}
          onKeyDown={keyPressed}
          className="autogrow max-h-[min(12rem,40dvh)] min-h-9 min-w-0 grow resize-none bg-transparent px-2.5 py-[0.4375rem] outline-none placeholder:text-ink-faint"
        />
        <button
          type="submit"
          aria-label="Send"
          className={classNames(
            "grid size-9 shrink-0 place-items-center rounded-[0.875rem] rounded-br-tip transition-colors touch:size-10",
            blank || length.is === "over"
              ? "text-ink-faint"
              : "bg-accent text-on-accent hover:bg-accent-strong",
          )}
        >
          <IconSend2 aria-hidden="true" size={20} stroke={1.8} />
        </button>
      </div>
      <p id={noteId} aria-live="polite" className="px-2 text-sm">
        {length.is === "over" && (
          <span className="mt-1.5 block font-medium text-danger">{length.why}</span>
        )}
        {length.is === "near" && (
          <span className="mt-1.5 block text-ink-soft">{length.left} left</span>
        )}
      </p>
    </form>
  );
}
