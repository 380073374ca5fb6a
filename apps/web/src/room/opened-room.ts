import type { Member } from "@parley/protocol";
import type { StoreApi } from "zustand/vanilla";
import type { ConversationList } from "./conversation-list.ts";
import type { FilesPart } from "./files/part.ts";
import type { RoomActions } from "./open-room.ts";
import type { RoomStore } from "./store.ts";

/** The open room, for all components of its screen. */
export interface OpenedRoom {
  readonly roomId: string;
  readonly store: RoomStore;
  readonly actions: RoomActions;
  /** The files that are sent to it. */
  readonly files: FilesPart;
  /** The private conversations in the room; their code is fetched when it is first needed. */
  readonly conversations: ConversationsPart;
  /** In a private conversation, the other member. */
  readonly partner?: Member;
}

/** A lazy part, as in ui/lazy.tsx. */
export interface ConversationsPart {
  readonly now: () => PrivateConversations | undefined;
  readonly fetch: () => Promise<PrivateConversations>;
}

/** What the panel beside the room shows. */
type ShownConversation =
  | { readonly is: "nothing" }
  | { readonly is: "list" }
  | {
      readonly is: "conversation";
      readonly talk: OpenedRoom;
      /** The other member, as they were known when it was opened. */
      readonly partner: Member;
      /** A text for the message box; another object is another text. */
      readonly given: { readonly text: string } | undefined;
    };

export interface ConversationsState {
  readonly list: ConversationList;
  readonly shown: ShownConversation;
}

/** The private conversations of this browser's member in a room. */
export interface PrivateConversations {
  readonly store: StoreApi<ConversationsState>;
  /**
   * Shows the conversation with a member.
   * @param options `via`: the id of an entry of theirs; `text`: goes into the message box
   */
  readonly open: (
    partner: Member,
    options?: { readonly via?: string | undefined; readonly text?: string },
  ) => void;
  /** Shows the conversation that this tab showed before a reload, if any and if it shows none. */
  readonly openAgain: () => void;
  /**
   * Shows the conversation with the member whose name a text begins with, and puts the rest of the
   * text into its message box.
   * @returns why it does not
   */
  readonly openFor: (written: string) => string | undefined;
  /**
   * Connects a listed conversation without showing it: it sends what waits in it.
   * @param id the other member's, perhaps in lower case
   */
  readonly connect: (id: string) => void;
  readonly showList: () => void;
  readonly close: () => void;
  /** Calls back when another member writes; returns a function that stops it. */
  readonly onRing: (listener: (from: Member) => void) => () => void;
  /** Leaves all conversations, each as a room is left. */
  readonly leave: () => Promise<void>;
  /** The room is no longer open here: closes the conversations, or lets them be left. */
  readonly end: () => void;
}
