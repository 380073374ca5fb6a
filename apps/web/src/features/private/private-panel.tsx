import { useEffect, useState, type KeyboardEvent, type ReactNode } from "react";
import { unreachable } from "@parley/protocol";
import { useBackCloses } from "../../ui/back-closes.ts";
import { focusHome } from "../../ui/focus-home.ts";
import { ModalPage } from "../../ui/modal-page.tsx";
import { useMedia, WIDE } from "../../ui/use-media.ts";
import { useVisibleHeight } from "../../ui/use-page.ts";
import { LazyConnectionBanner } from "../connection/lazy-connection.tsx";
import { useConversations, useConversationsState } from "../presence/use-conversations.ts";
import { AuthorMenu } from "./author-menu.tsx";
import { Conversation } from "./conversation.tsx";
import { ConversationList } from "./conversation-list.tsx";

interface PrivatePanelProps {
  /** Enters the room again after the connection has ended. */
  readonly onAgain: () => void;
}

/** The private conversations: a panel beside the room or, on narrow screens, a page of its own. */
export function PrivatePanel({ onAgain }: PrivatePanelProps) {
  return (
    <>
      <AuthorMenu />
      <Panel onAgain={onAgain} />
    </>
  );
}

function Panel({ onAgain }: PrivatePanelProps) {
  const conversations = useConversations();
  const shown = useConversationsState((state) => state.shown);
  const isWide = useMedia(WIDE);
  useEffect(() => conversations?.openAgain(), [conversations]);
  if (!conversations || shown.is === "nothing") return null;
  const Place = isWide ? PlaceBeside : PlaceAbove;
  return (
    <Place onClose={conversations.close}>
      {/* That of the room is behind the page. */}
      <Shown banner={!isWide && <LazyConnectionBanner onAgain={onAgain} />} />
    </Place>
  );
}

function Shown({ banner }: { banner: ReactNode }) {
  const shown = useConversationsState((state) => state.shown);
  switch (shown.is) {
    case "nothing":
      return null;
    case "list":
      return <ConversationList banner={banner} />;
    case "conversation":
      return (
        <Conversation
          key={shown.talk.roomId}
          talk={shown.talk}
          partner={shown.partner}
          given={shown.given}
          banner={banner}
        />
      );
    default:
      return unreachable(shown);
  }
}

interface PlaceProps {
  readonly onClose: () => void;
  readonly children: ReactNode;
}

function PlaceBeside({ onClose, children }: PlaceProps) {
  useReturnedFocus();
  const keyPressed = ({ key, nativeEvent }: KeyboardEvent) => {
    if (key !== "Escape" || nativeEvent.defaultPrevented || nativeEvent.isComposing) return;
    // The key closes what is above the panel.
    if (document.querySelector("dialog[open], [popover]:popover-open")) return;
    onClose();
  };
  return (
    <aside
      data-private=""
      aria-label="Private messages"
      onKeyDown={keyPressed}
      className="private-place relative flex w-[min(25rem,38vw)] shrink-0 animate-appear flex-col border-s border-edge bg-canvas text-ink"
    >
      {children}
    </aside>
  );
}

function PlaceAbove({ onClose, children }: PlaceProps) {
  const height = useVisibleHeight();
  useBackCloses("isPrivate", onClose);
  return (
    <ModalPage
      data-private=""
      aria-label="Private messages"
      onClose={onClose}
      style={height === undefined ? {} : { height }}
      className="private-place bg-canvas px-device text-ink"
    >
      {children}
    </ModalPage>
  );
}

/** When the panel closes, the focus returns to where it was before, or else to the room. */
function useReturnedFocus(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement) before.focus();
      focusHome(document.querySelector("main"));
    },
    [before],
  );
}
