import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { unreachable } from "@parley/protocol";
import { useMedia, WIDE } from "../../ui/use-media.ts";
import { useVisibleHeight } from "../../ui/use-page.ts";
import { useConversations, useConversationsState } from "../presence/use-conversations.ts";
import { AuthorMenu } from "./author-menu.tsx";
import { Conversation } from "./conversation.tsx";
import { ConversationList } from "./conversation-list.tsx";

/** The private conversations: a panel beside the room or, on narrow screens, a page of its own. */
export function PrivatePanel() {
  return (
    <>
      <AuthorMenu />
      <Panel />
    </>
  );
}

function Panel() {
  const conversations = useConversations();
  const shown = useConversationsState((state) => state.shown);
  const isWide = useMedia(WIDE);
  if (!conversations || shown.is === "nothing") return null;
  const Place = isWide ? PlaceBeside : PlaceAbove;
  return (
    <Place onClose={conversations.close}>
      <Shown />
    </Place>
  );
}

function Shown() {
  const shown = useConversationsState((state) => state.shown);
  switch (shown.is) {
    case "nothing":
      return null;
    case "list":
      return <ConversationList />;
    case "conversation":
      return (
        <Conversation
          key={shown.talk.roomId}
          talk={shown.talk}
          partner={shown.partner}
          given={shown.given}
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
      className="private-place relative flex w-[min(25rem,38vw)] shrink-0 animate-appear flex-col border-s border-edge bg-canvas text-ink print:hidden"
    >
      {children}
    </aside>
  );
}

function PlaceAbove({ onClose, children }: PlaceProps) {
  const page = useRef<HTMLDialogElement>(null);
  const height = useVisibleHeight();
  useEffect(() => {
    const element = page.current;
    if (element && !element.open) element.showModal();
  }, []);
  useBackCloses(onClose);
  return (
    <dialog
      ref={page}
      data-private=""
      aria-label="Private messages"
      onClose={onClose}
      style={height === undefined ? {} : { height }}
      className="private-place m-0 h-dvh max-h-none w-full max-w-none flex-col border-none bg-canvas p-0 px-device text-ink open:flex open:animate-appear"
    >
      {children}
    </dialog>
  );
}

/** When the panel closes, the focus returns to where it was before, or else to the room. */
function useReturnedFocus(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const isThere = before instanceof HTMLElement && before.isConnected;
      if (isThere && before !== document.body) before.focus();
      else document.querySelector<HTMLElement>("main [data-focus-home=box]")?.focus();
    },
    [before],
  );
}

/** The browser's Back closes the page. */
function useBackCloses(onClose: () => void): void {
  useEffect(() => {
    const isMarked = () => Boolean((history.state as { isPrivate?: unknown } | null)?.isPrivate);
    if (!isMarked()) history.pushState({ isPrivate: true }, "");
    const went = () => {
      if (!isMarked()) onClose();
    };
    window.addEventListener("popstate", went);
    return () => {
      window.removeEventListener("popstate", went);
      if (isMarked()) history.back();
    };
  }, [onClose]);
}
