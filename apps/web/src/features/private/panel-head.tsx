import { IconArrowLeft, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { IconButton } from "../../ui/button.tsx";
import { useMedia, WIDE } from "../../ui/use-media.ts";
import { useConversations } from "../presence/use-conversations.ts";

/** The head of the panel: Back on a page of its own, Close beside the room. */
export function PanelHead({ children }: { children: ReactNode }) {
  const conversations = useConversations();
  const isWide = useMedia(WIDE);
  return (
    <header className="private-head flex min-h-[calc(3.5rem+env(safe-area-inset-top))] shrink-0 items-center gap-2 px-2 pt-[env(safe-area-inset-top)] text-ink scheme-dark">
      {!isWide && (
        <IconButton label="Back to the room" tip="Back" onClick={() => conversations?.close()}>
          <IconArrowLeft aria-hidden="true" size={20} stroke={1.8} className="rtl:-scale-x-100" />
        </IconButton>
      )}
      {children}
      {isWide && (
        <IconButton label="Close" className="ms-auto" onClick={() => conversations?.close()}>
          <IconX aria-hidden="true" size={20} stroke={1.8} />
        </IconButton>
      )}
    </header>
  );
}
