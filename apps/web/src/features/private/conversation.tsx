import { IconLock, IconMessages } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef } from "react";
import type { Member } from "@parley/protocol";
import type { OpenedRoom } from "../../room/opened-room.ts";
import { tagOf } from "../../room/names.ts";
import { RoomContext, useRoom, useRoomActions } from "../../room/use-room.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { TOUCH, useMedia, WIDE } from "../../ui/use-media.ts";
import { Composer } from "../composer/composer.tsx";
import { replaceText } from "../composer/replace-text.ts";
import { isWritingToRoom } from "../composer/meant-privately.ts";
import { LazyNotices, LazyRefusalNotice } from "../connection/lazy-connection.tsx";
import { Avatar, MemberName } from "../presence/member.tsx";
import { TypingLine } from "../presence/typing-line.tsx";
import { useConversations } from "../presence/use-conversations.ts";
import { Timeline } from "../timeline/timeline.tsx";
import { PanelHead } from "./panel-head.tsx";
import { type PartnerNow, usePartnerNow } from "./partner.ts";

/** A private conversation: the same list and composer as in the room, over its own client. */
export function Conversation({
  talk,
  partner,
  given,
  banner,
}: {
  talk: OpenedRoom;
  partner: Member;
  /** A text for the message box; another object is another text. */
  given: { readonly text: string } | undefined;
  /** What is said of the connection, below the head. */
  banner: ReactNode;
}) {
  const conversations = useConversations();
  const panel = useRef<HTMLElement>(null);
  const now = usePartnerNow(partner);
  // The notices of the room are behind it.
  const isCovering = !useMedia(WIDE);
  useEffect(() => {
    const box = panel.current?.querySelector<HTMLTextAreaElement>("[data-focus-home=box]");
    if (!box) return;
    if (!given && isWritingToRoom()) return;
    // An on-screen keyboard would cover the messages. The panel that closed gave its focus away.
    if (given || !window.matchMedia(TOUCH).matches) box.focus();
    if (!given) return;
    const end = box.value.length;
    replaceText(box, end, end, end === 0 ? given.text : `\n${given.text}`);
  }, [given]);
  return (
    <>
      <PanelHead>
        <Avatar member={now.member} />
        <div className="min-w-0 grow">
          <h2 className="truncate font-semibold">
            <MemberName member={now.member} />
          </h2>
          <p className="truncate text-sm text-ink-soft">{presenceLine(now)}</p>
        </div>
        <IconButton label="All private messages" onClick={() => conversations?.showList()}>
          <IconMessages aria-hidden="true" size={20} stroke={1.8} />
        </IconButton>
      </PanelHead>
      {banner}
      <section
        ref={panel}
        aria-label={`Private conversation with ${now.member.name}`}
        className="flex min-h-0 grow flex-col"
      >
        <RoomContext value={talk}>
          <Timeline />
          <TypingLine />
          <RefusedNote />
          <LazyRefusalNotice />
        </RoomContext>
        {isCovering && <LazyNotices />}
        <PresenceNote {...now} />
        <RoomContext value={talk}>
          <ReadersNote {...now} />
          <Composer />
        </RoomContext>
      </section>
    </>
  );
}

/** Who can read what is written. The beginning of the list, which names the operator, needs messages. */
function ReadersNote({ member }: PartnerNow) {
  const isEmpty = useRoom(
    ({ older, messages, outgoing }) =>
      older.is === "beginning" && messages.length + outgoing.length === 0,
  );
  return (
    <p className="mx-auto flex w-full max-w-3xl items-center gap-1.5 px-5 pb-1 text-sm font-semibold text-accent sm:px-8">
      <IconLock aria-hidden="true" size={14} stroke={2} className="shrink-0" />
      <span className="min-w-0">
        <span className="block truncate">
          Only <MemberName member={member} /> sees this
        </span>
        {isEmpty && <span className="block font-normal">Who runs the server can, too.</span>}
      </span>
    </p>
  );
}

function presenceLine({ isHere }: PartnerNow): string {
  if (isHere === undefined) return "Private";
  return isHere ? "Private · here" : "Private · not here";
}

/** Whether somebody who is not here reads what is written; as far as anybody can know. */
function PresenceNote({ member, isHere, namesake }: PartnerNow) {
  return (
    <p
      role="status"
      className="mx-auto w-full max-w-3xl px-5 text-sm text-ink-soft not-empty:pb-1.5 sm:px-8"
    >
      {isHere === false && !namesake && (
        <>
          <bdi>{member.name}</bdi> is not here. They see this when they come back with the browser
          that they wrote from.
        </>
      )}
      {namesake && (
        <>
          <bdi>{member.name}</bdi> {tagOf(member)} is not here. <bdi>{namesake.name}</bdi>{" "}
          {tagOf(namesake)}, who is here, is somebody else or has lost the key to this conversation:
          they cannot read it.
        </>
      )}
    </p>
  );
}

/** The server does not open the conversation. */
function RefusedNote() {
  const refusal = useRoom(({ status }) => (status.is === "refused" ? status.refusal : undefined));
  const { reconnect } = useRoomActions();
  return (
    <div role="alert">
      {refusal && (
        <div className="mx-auto flex w-full max-w-3xl items-center gap-3 px-5 text-sm text-danger sm:px-8">
          <p className="grow">{refusal.message}</p>
          <Button look="quiet" size="sm" onClick={reconnect}>
            Try again
          </Button>
        </div>
      )}
    </div>
  );
}
