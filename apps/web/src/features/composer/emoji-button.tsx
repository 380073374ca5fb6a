import { IconMoodSmile } from "@tabler/icons-react";
import { lazyComponent } from "../../ui/lazy.tsx";
import type { Box } from "../../ui/popup.tsx";

/** Fetched when it is opened. */
export const LazyEmojiForBox = lazyComponent(
  async () => (await import("./emoji-for-box.tsx")).EmojiForBox,
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
      className="tip tip-above grid size-9 shrink-0 place-items-center rounded-[0.875rem] text-ink-faint transition-colors hover:bg-hover hover:text-ink touch:size-11"
    >
      <IconMoodSmile aria-hidden="true" size={20} stroke={1.8} />
    </button>
  );
}
