import { IconMessageUser } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { unreadIn } from "../../room/conversation-list.ts";
import { IconButton } from "../../ui/button.tsx";
import { useConversations, useConversationsState } from "../presence/use-conversations.ts";
import { UnreadCount } from "../../ui/unread-count.tsx";

/** Opens the list of private conversations; shown once there is one. */
export function ConversationsButton() {
  const conversations = useConversations();
  const unread = useConversationsState(({ list }) => unreadIn(list));
  const isEmpty = useConversationsState(({ list }) => list.length === 0);
  const isOpen = useConversationsState(({ shown }) => shown.is !== "nothing");
  const [writer, setWriter] = useState("");
  useEffect(() => conversations?.onRing(({ name }) => setWriter(name)), [conversations]);
  if (!conversations || isEmpty) return null;
  return (
    <>
      <span role="status" className="sr-only">
        {unread > 0 && writer !== "" && `${newMessages(unread)}, the last from ${writer}`}
      </span>
      <IconButton
        label={unread > 0 ? `Private messages, ${unread} new` : "Private messages"}
        tip="Private messages"
        data-conversations
        aria-expanded={isOpen}
        className="relative aria-expanded:text-ink"
        onClick={() => (isOpen ? conversations.close() : conversations.showList())}
      >
        <IconMessageUser aria-hidden="true" size={20} stroke={1.8} />
        {unread > 0 && (
          <span
            aria-hidden="true"
            className="absolute -top-0.5 -end-1 flex rounded-full rounded-ee-tip ring-2 ring-hull max-sm:end-0"
          >
            <UnreadCount unread={unread} />
          </span>
        )}
      </IconButton>
    </>
  );
}

function newMessages(count: number): string {
  return count === 1 ? "1 new private message" : `${count} new private messages`;
}
