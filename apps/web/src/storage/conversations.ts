import {
  isFlag,
  isNumber,
  isText,
  listOf,
  optional,
  shape,
  stored,
  type TextStore,
} from "./stored.ts";

/** A conversation with another member of a room, as this browser knows it. */
export interface StoredConversation {
  /** The other member's id. */
  readonly id: string;
  /** The name that they had last. */
  readonly name: string;
  /** The id of an entry of theirs, by which the server knows them while they are not here. */
  readonly via?: string | undefined;
  /** When somebody last wrote, as far as known; in ms since 1970. */
  readonly at: number;
  /** The number of their messages that were not read. */
  readonly unread: number;
  /** The last `seq` that the user saw. */
  readonly lastRead?: number | undefined;
  /** Something is written here that is not sent. */
  readonly isWaiting?: boolean | undefined;
}

const conversations = listOf(
  shape<StoredConversation>({
    id: isText,
    name: isText,
    via: optional(isText),
    at: isNumber,
    unread: isNumber,
    lastRead: optional(isNumber),
    isWaiting: optional(isFlag),
  }),
);

/** The conversations in a room, those with the latest messages first. */
export function storedConversations(roomId: string, texts?: TextStore) {
  return stored(`parley.conversations.${roomId}`, conversations, [], texts);
}
