import { type RefObject } from "react";
import { IconMoodSmile } from "@tabler/icons-react";
import { countEmoji } from "../../storage/used-emoji.ts";
import { lazyComponent } from "../../ui/lazy.tsx";
import type { Box } from "../../ui/popup.tsx";
import { replaceText } from "./replace-text.ts";

const LazyEmojiPicker = lazyComponent(
  async () => (await import("../emoji/emoji-picker.tsx")).EmojiPicker,
);

/** Opens the emoji picker. */
export function EmojiButton({ onOpen }: { onOpen: (beside: Box) => void }) {
  return (
    <button
      type="button"
      aria-label="Emoji"
      aria-haspopup="dialog"
      data-tip="Emoji"
      onClick={({ currentTarget }) => {
        const { left, top, width, height } = currentTarget.getBoundingClientRect();
        onOpen({ left, top, width, height });
      }}
      className="tip grid size-9 shrink-0 place-items-center rounded-[0.875rem] text-ink-faint transition-colors hover:bg-hover hover:text-ink touch:size-10"
    >
      <IconMoodSmile aria-hidden="true" size={20} stroke={1.8} />
    </button>
  );
}

/**
 * The emoji picker of the message box: inserts the picked emoji at the caret. It is its own form.
 */
export function EmojiForBox({
  box,
  beside,
  onClose,
}: {
  box: RefObject<HTMLTextAreaElement | null>;
  beside: Box;
  onClose: () => void;
}) {
  const insert = (emoji: string) => {
    countEmoji(emoji);
    const into = box.current;
    if (into) replaceText(into, into.selectionStart, into.selectionEnd, emoji);
  };
  return (
    <LazyEmojiPicker label="Choose an emoji" beside={beside} onPick={insert} onClose={onClose} />
  );
}
