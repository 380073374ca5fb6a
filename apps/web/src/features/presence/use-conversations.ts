import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { unreadIn } from "../../room/conversation-list.ts";
import type {
  PrivateConversations,
  ConversationsPart,
  ConversationsState,
} from "../../room/opened-room.ts";
import { useOpenedRoom } from "../../room/use-room.ts";
import { useLazy } from "../../ui/lazy.tsx";

const none = createStore<ConversationsState>()(() => ({ list: [], shown: { is: "nothing" } }));

/** The private conversations in the room; undefined until they are fetched. */
export function useConversations(): PrivateConversations | undefined {
  return useLazy(useOpenedRoom().conversations, true);
}

/** Selects a part of their state; renders again when that part changes. */
export function useConversationsState<T>(select: (state: ConversationsState) => T): T {
  return useStore(useConversations()?.store ?? none, select);
}

/** The number of private messages in a connected room that were not read. */
export function useUnreadPrivate(part: ConversationsPart): number {
  return useStore(useLazy(part, true)?.store ?? none, ({ list }) => unreadIn(list));
}
