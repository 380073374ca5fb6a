import { IconPaperclip } from "@tabler/icons-react";
import { type ComponentProps, useEffect, useEffectEvent } from "react";
import { lazyComponent } from "../../ui/lazy.tsx";
import type { Box } from "../../ui/popup.tsx";
import type { AttachMenu } from "./attach-menu.tsx";
import type { DropHint } from "./drop-hint.tsx";

/** Fetched when it is opened. */
export const LazyAttachMenu = lazyComponent<
  ComponentProps<typeof AttachMenu> & { onNotFetched: () => void }
>(async () => (await import("./attach-menu.tsx")).AttachMenu, NotFetched);

function NotFetched({ onNotFetched, onClose }: { onNotFetched: () => void; onClose: () => void }) {
  const failed = useEffectEvent(() => {
    onNotFetched();
    onClose();
  });
  useEffect(() => failed(), []);
  return null;
}

/** Fetched after the room is shown. */
export const LazyDropHint = lazyComponent<ComponentProps<typeof DropHint>>(
  async () => (await import("./drop-hint.tsx")).DropHint,
);

/** Opens the menu of what can be sent beside text. */
export function AttachButton({ onOpen }: { onOpen: (beside: Box) => void }) {
  return (
    <button
      type="button"
      aria-label="Attach"
      aria-haspopup="menu"
      data-tip="Attach"
      onClick={({ currentTarget }) => {
        const { left, top, width, height } = currentTarget.getBoundingClientRect();
        onOpen({ left, top, width, height });
      }}
      className="tip tip-above grid size-9 shrink-0 place-items-center rounded-[0.875rem] text-ink-faint transition-colors hover:bg-hover hover:text-ink touch:size-11"
    >
      <IconPaperclip aria-hidden="true" size={20} stroke={1.8} />
    </button>
  );
}
