import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  type SubmitEvent,
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { IconMoodSmile, IconPaperclip, IconSend2, type Icon } from "@tabler/icons-react";
import { classNames } from "../../ui/class-names.ts";
import { lazyComponent } from "../../ui/lazy.tsx";
import type { Box } from "../../ui/popup.tsx";
import { usePartner, useRoomId } from "../../room/use-room.ts";
import { TOUCH, useMedia } from "../../ui/use-media.ts";
import { filesIn, holdsNoText, useDroppedFiles } from "../../ui/dropped-files.ts";
import { LazyAttachMenu, LazyDropHint } from "../files/lazy-files.tsx";
import type { Attaching } from "../files/use-attached.tsx";
import { useShortcut, useTyping } from "../shortcuts/use-shortcut.ts";
import { isReopening, isWritingToRoom } from "./meant-privately.ts";
import { type Length, lengthOf, trimMessage } from "./message-length.ts";
import { LazySuggestionList, useSuggestions } from "./use-suggestions.tsx";
import { suggestionId } from "./shown-suggestions.ts";

/** The `keyCode` of a key while an input method composes a character. */
const KEY_OF_COMPOSITION = 229;

const ONLY_TEXT = "Only text can be changed here: no pictures and no files.";

/** Fetched when it is opened. */
const LazyEmojiForBox = lazyComponent(
  async () => (await import("./emoji-for-box.tsx")).EmojiForBox,
);

/**
 * A text box that sends. Enter sends and Shift+Enter breaks the line. With an on-screen keyboard,
 * Enter breaks the line and the button sends. The box is never disabled.
 */
export function MessageInput({
  text,
  focusOnTouch,
  focusAgain,
  problem,
  withCommands = false,
  onWrite,
  onSend,
  onCancel,
  onUp,
  attaching,
  emptyText = "",
  whenEmpty,
  above,
}: {
  text: string;
  /** Takes the focus also on a device with an on-screen keyboard. */
  focusOnTouch: boolean;
  /** Takes the focus whenever this changes to another value than undefined. */
  focusAgain?: string | undefined;
  /** Why the text could not be sent. */
  problem?: string | undefined;
  /** Suggests commands, too. */
  withCommands?: boolean;
  onWrite: (text: string) => void;
  /** Files can be sent from here. */
  attaching?: Attaching | undefined;
  /** Is sent in place of a blank text. */
  emptyText?: string;
  /** Why an empty text is not sent; without it nothing is said. */
  whenEmpty?: string;
  /** Called with a text that is within the limits; it is blank only together with files. */
  onSend: (text: string) => void;
  onCancel?: () => void;
  /** Called for arrow up in an empty box. */
  onUp?: () => void;
  above?: ReactNode;
}) {
  const touch = useMedia(TOUCH);
  const partner = usePartner();
  const roomId = useRoomId();
  const mayTakeFocus = () => (partner ? !isWritingToRoom() : !isReopening(roomId));
  // People enter a room to write; but an on-screen keyboard would cover the messages.
  const [startsFocused] = useState(() => (!touch || focusOnTouch) && mayTakeFocus());
  const noteId = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  useAutogrow(box, text);
  useLayoutEffect(() => {
    // Put the caret after text that is there already.
    const element = box.current;
    if (!element) return;
    element.setSelectionRange(element.value.length, element.value.length);
    element.scrollTop = element.scrollHeight;
  }, []);
  const takeFocus = () => {
    if (mayTakeFocus()) box.current?.focus();
  };
  useShortcut("/", takeFocus);
  // The pressed key then types into the box.
  useTyping(takeFocus);
  const focusNow = useEffectEvent(takeFocus);
  useEffect(() => {
    if (focusAgain !== undefined) focusNow();
  }, [focusAgain]);
  const suggesting = useSuggestions(box, withCommands);
  const [emojiBeside, setEmojiBeside] = useState<Box>();
  const [attachBeside, setAttachBeside] = useState<Box>();
  const [refused, setRefused] = useState<string>();
  const takeFiles = (given: DataTransfer) => {
    if (attaching) void filesIn(given).then(attaching.onFiles);
    else setRefused(ONLY_TEXT);
  };
  useDroppedFiles(box, takeFiles);
  const length = lengthOf(trimMessage(text));
  const why = problem ?? refused;
  const isWrong = length.is === "over" || why !== undefined;
  const written = trimMessage(text) || emptyText;
  const hasFiles = attaching !== undefined && attaching.state !== "none";
  const canSend = (written !== "" || hasFiles) && length.is !== "over";

  const send = () => {
    if (written === "" && !hasFiles) setRefused(whenEmpty);
    if (!canSend) return;
    if (attaching?.state === "busy") attaching.onSendLater();
    else onSend(written);
  };
  const keyPressed = (event: KeyboardEvent) => {
    // oxlint-disable-next-line typescript/no-deprecated -- Safari reports the last key of a composition in no other way
    if (event.nativeEvent.isComposing || event.keyCode === KEY_OF_COMPOSITION) return;
    if (suggesting.keyPressed(event)) event.preventDefault();
    else if (event.key === "Escape" && onCancel) {
      // It closes nothing around the box.
      event.preventDefault();
      onCancel();
    } else if (event.key === "ArrowUp" && text === "" && onUp) {
      event.preventDefault();
      onUp();
    } else if (event.key === "Enter" && !event.shiftKey && !touch) {
      event.preventDefault();
      send();
    }
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    send();
    box.current?.focus();
  };

  const { listId, suggestions, chosen } = suggesting;
  return (
    <>
      <form
        onSubmit={submit}
        className="relative mx-auto w-full max-w-3xl px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-6"
      >
        <LazySuggestionList suggesting={suggesting} />
        {above}
        <div
          className={classNames(
            "flex flex-wrap items-end justify-end gap-1 rounded-bubble bg-surface p-1.5 shadow-low ring-1 ring-inset transition-shadow",
            isWrong ? "ring-danger focus-within:ring-danger" : "ring-edge focus-within:ring-focus",
          )}
        >
          {attaching && (
            <BoxButton
              label="Attach"
              popup="menu"
              isOpen={attachBeside !== undefined}
              Icon={IconPaperclip}
              onOpen={setAttachBeside}
            />
          )}
          <textarea
            ref={box}
            data-focus-home="box"
            aria-label={partner ? `Private message to ${partner.name}` : "Message"}
            aria-invalid={isWrong || undefined}
            aria-describedby={isWrong || length.is === "near" ? noteId : undefined}
            aria-autocomplete="list"
            aria-controls={suggestions.length > 0 ? listId : undefined}
            aria-activedescendant={chosen === undefined ? undefined : suggestionId(listId, chosen)}
            value={text}
            rows={1}
            dir="auto"
            placeholder={partner ? "Private message" : "Write a message"}
            enterKeyHint={touch ? "enter" : "send"}
            autoFocus={startsFocused}
            onChange={(event) => {
              onWrite(event.target.value);
              setRefused(undefined);
              suggesting.written();
            }}
            onPaste={(event) => {
              if (!holdsNoText(event.clipboardData)) return;
              event.preventDefault();
              takeFiles(event.clipboardData);
            }}
            onSelect={suggesting.caretMoved}
            onBlur={suggesting.left}
            onKeyDown={keyPressed}
            className="autogrow max-h-[min(12rem,40dvh)] min-h-9 min-w-0 grow basis-20 resize-none bg-transparent px-2.5 py-[0.4375rem] outline-none touch:min-h-11 touch:py-[0.6875rem] placeholder:text-ink-faint"
          />
          <BoxButton
            label="Emoji"
            popup="dialog"
            isOpen={emojiBeside !== undefined}
            Icon={IconMoodSmile}
            onOpen={setEmojiBeside}
          />
          <SendButton ready={canSend} />
        </div>
        <InputNote id={noteId} length={length} problem={why} />
      </form>
      {attaching && <LazyDropHint box={box} />}
      {attaching && attachBeside && (
        <LazyAttachMenu
          beside={attachBeside}
          box={box}
          onFiles={attaching.onFiles}
          onRecord={attaching.onRecord}
          onNotFetched={attaching.onNotFetched}
          onClose={() => setAttachBeside(undefined)}
        />
      )}
      {emojiBeside && (
        <LazyEmojiForBox box={box} beside={emojiBeside} onClose={() => setEmojiBeside(undefined)} />
      )}
    </>
  );
}

/** A button in the box that opens something beside itself. */
function BoxButton({
  label,
  popup,
  isOpen,
  Icon,
  onOpen,
}: {
  label: string;
  popup: "dialog" | "menu";
  isOpen: boolean;
  Icon: Icon;
  onOpen: (beside: Box) => void;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-haspopup={popup}
      aria-expanded={isOpen}
      data-tip={label}
      onClick={({ currentTarget }) => onOpen(currentTarget.getBoundingClientRect())}
      className="tip tip-above grid size-9 shrink-0 place-items-center rounded-[0.875rem] text-ink-faint transition-colors hover:bg-hover hover:text-ink touch:size-11"
    >
      <Icon aria-hidden="true" size={20} stroke={1.8} />
    </button>
  );
}

function SendButton({ ready }: { ready: boolean }) {
  return (
    <button
      type="submit"
      aria-label="Send"
      className={classNames(
        "grid size-9 shrink-0 place-items-center rounded-[0.875rem] rounded-ee-tip transition-colors touch:size-11",
        ready ? "bg-accent text-on-accent hover:bg-accent-strong" : "text-ink-faint",
      )}
    >
      <IconSend2 aria-hidden="true" size={20} stroke={1.8} />
    </button>
  );
}

/** A note on the text: why it was not sent, or that it is too long or nearly. */
function InputNote({
  id,
  length,
  problem,
}: {
  id: string;
  length: Length;
  problem: string | undefined;
}) {
  const wrong = problem ?? (length.is === "over" ? length.why : undefined);
  return (
    <p id={id} aria-live="polite" className="px-2 text-sm">
      {wrong === undefined ? (
        length.is === "near" && (
          <span className="mt-1.5 block text-ink-soft">{length.left} left</span>
        )
      ) : (
        <span className="mt-1.5 block font-medium text-danger">{wrong}</span>
      )}
    </p>
  );
}

/** Browsers with `field-sizing` grow the field by the style sheet alone. */
const GROWS_BY_ITSELF = CSS.supports("field-sizing", "content");

/** Keeps a text box as tall as its text, at any width; the style sheet sets the limit. */
function useAutogrow(box: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const element = box.current;
    if (GROWS_BY_ITSELF || !element) return undefined;
    const grow = () => {
      element.style.height = "auto";
      element.style.height = `${element.scrollHeight}px`;
    };
    grow();
    const resized = new ResizeObserver(grow);
    resized.observe(element);
    return () => resized.disconnect();
  }, [box, text]);
}
