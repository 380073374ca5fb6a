import { useEffect, useLayoutEffect, useState, type KeyboardEvent, type ReactNode } from "react";
import { unreachable, type Member } from "@parley/protocol";
import { ModalPage, useBackCloses } from "../../ui/modal-page.tsx";
import { focusHome } from "../../ui/focus-home.ts";
import { useMedia, WIDE } from "../../ui/use-media.ts";
import { useVisibleHeight } from "../../ui/use-page.ts";
import { LazyConnectionBanner } from "../connection/lazy-connection.tsx";
import { useConversations, useConversationsState } from "../presence/use-conversations.ts";
import { Conversation } from "./conversation.tsx";
import { ConversationList } from "./conversation-list.tsx";
import { useRoomStore } from "../../room/use-room.ts";
import type { Box } from "../../ui/popup.tsx";
import { readRowKey } from "../messages/active-row.ts";
import { rowAround } from "../messages/row-elements.ts";
import { PersonMenu } from "../presence/person-menu.tsx";

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

interface OpenedMenu {
  /** What was clicked. */
  readonly clicked: Element;
  readonly member: Member;
  readonly via: string;
  readonly beside: Box;
}

/** The menu of an author, whose name in the log was clicked. */
function AuthorMenu() {
  const store = useRoomStore();
  const [menu, setMenu] = useState<OpenedMenu>();
  useEffect(() => {
    const pressed = ({ target }: MouseEvent) => {
      const name = target instanceof Element ? target.closest("[data-author]") : undefined;
      const row = rowAround(name ?? null)?.dataset["row"];
      if (!name || row === undefined || name.closest("[data-private]")) return;
      const { authorId, id: via } = readRowKey(row);
      // The user's own have none.
      if (authorId === undefined) return;
      const { messages, lastNames } = store.getState();
      const from = messages.findLast((message) => message.from.id === authorId)?.from;
      if (!from) return;
      const member = { ...from, name: lastNames.get(authorId) ?? from.name };
      setMenu({ clicked: name, member, via, beside: name.getBoundingClientRect() });
    };
    document.addEventListener("click", pressed);
    return () => document.removeEventListener("click", pressed);
  }, [store]);
  const clicked = menu?.clicked;
  useLayoutEffect(() => {
    // Marks the name that the menu belongs to.
    clicked?.setAttribute("aria-expanded", "true");
    return () => clicked?.removeAttribute("aria-expanded");
  }, [clicked]);
  if (!menu) return null;
  const { member, via, beside } = menu;
  return (
    <PersonMenu member={member} via={via} beside={beside} onClose={() => setMenu(undefined)} />
  );
}
