import type { RefObject } from "react";
import { countEmoji } from "../../storage/used-emoji.ts";
import type { Box } from "../../ui/popup.tsx";
import { EmojiPicker } from "../emoji/emoji-picker.tsx";
import { replaceText } from "./replace-text.ts";

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
  return <EmojiPicker label="Choose an emoji" beside={beside} onPick={insert} onClose={onClose} />;
}
