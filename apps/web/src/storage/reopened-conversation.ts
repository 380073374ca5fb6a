import { isText, one, optional, shape, stored, tabStore } from "./stored.ts";

/** The private conversation that this tab shows in a room, to open it again after a reload. */
export interface ReopenedConversation {
  /** The other member's id. */
  readonly id: string;
  readonly name: string;
  /** The id of an entry of theirs. */
  readonly via?: string | undefined;
}

const conversation = one(
  shape<ReopenedConversation>({ id: isText, name: isText, via: optional(isText) }),
);

export function storedReopened(roomId: string) {
  return stored(`parley.reopened.${roomId}`, conversation, undefined, tabStore);
}
