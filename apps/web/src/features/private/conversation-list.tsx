import { type ReactNode, useEffect, useRef } from "react";
import { clockTime, dateAndTime, dayOf } from "../../room/day.ts";
import type { StoredConversation } from "../../storage/conversations.ts";
import { useNow } from "../../ui/use-page.ts";
import { classNames } from "../../ui/class-names.ts";
import { Avatar, MemberName } from "../presence/member.tsx";
import { UnreadCount } from "../../ui/unread-count.tsx";
import { useConversations, useConversationsState } from "../presence/use-conversations.ts";
import { useLastLines } from "./last-lines.ts";
import { PanelHead } from "./panel-head.tsx";
import { usePartnerNow } from "./partner.ts";

/**
 * The private conversations of the room, those with the latest messages first.
 * @param banner what is said of the connection, below the head
 */
export function ConversationList({ banner }: { banner: ReactNode }) {
  const list = useConversationsState((state) => state.list);
  const lastLines = useLastLines(list);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <>
      <PanelHead>
        <h2 ref={title} tabIndex={-1} className="px-2 font-semibold outline-none">
          Private messages
        </h2>
      </PanelHead>
      {banner}
      <ul
        aria-label="Conversations"
        className="grid min-h-0 grid-cols-[minmax(0,1fr)] content-start gap-0.5 overflow-y-auto p-2"
      >
        {list.map((conversation) => (
          <li key={conversation.id}>
            <ListedConversation conversation={conversation} last={lastLines.get(conversation.id)} />
          </li>
        ))}
      </ul>
      {list.length === 0 && (
        <p className="px-5 text-ink-soft">
          To write to one person alone, choose their name in the list of people.
        </p>
      )}
    </>
  );
}

function ListedConversation({
  conversation,
  last,
}: {
  conversation: StoredConversation;
  /** Its last message and the author of that; undefined until it is read. */
  last: string | undefined;
}) {
  const { id, name, at, unread } = conversation;
  const conversations = useConversations();
  const { member, isHere } = usePartnerNow({ id, name });
  const isToday = dayOf(at) === dayOf(useNow(undefined));
  return (
    <button
      type="button"
      onClick={() => conversations?.open(member)}
      className="flex min-h-14 w-full items-center gap-3 rounded-md px-2.5 text-start hover:bg-hover"
    >
      <Avatar member={member} />
      <span className="min-w-0 grow">
        <span className="flex items-baseline gap-2">
          <span className={classNames("min-w-0 grow truncate", unread > 0 && "font-bold")}>
            <MemberName member={member} />
          </span>
          <time
            dir="auto"
            dateTime={new Date(at).toISOString()}
            className="shrink-0 text-xs text-ink-soft tabular-nums"
          >
            {isToday ? clockTime(at) : dateAndTime(at)}
          </time>
        </span>
        <span className="block min-h-lh truncate text-sm text-ink-soft">
          {isHere === false && "Not here · "}
          <bdi>{last}</bdi>
        </span>
      </span>
      {unread > 0 && <UnreadCount unread={unread} />}
    </button>
  );
}
