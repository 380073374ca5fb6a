import type { PendingMessage } from "@parley/client";
import type { EditTarget, ReplyTarget } from "../storage/drafts.ts";

/** What the composer is used for. */
export type Composing =
  | { readonly is: "new" }
  /** The text replies to a message. */
  | { readonly is: "replying"; readonly to: ReplyTarget }
  | EditTarget;

/** What the user writes, and what is pending. */
export interface WritingSlice {
  readonly outgoing: readonly PendingMessage[];
  /** The browser did not keep something that was written. */
  readonly isUnkept: boolean;
  /** The ids of one's own messages whose deletion can still be undone. */
  readonly undoable: ReadonlySet<string>;
  /** How many messages were written in this visit; each scrolls to the end. */
  readonly sentCount: number;
  readonly composing: Composing;
}

/**
 * A new message.
 * @param replyTo the message that it replies to
 */
export function composingNew(replyTo: ReplyTarget | undefined): Composing {
  return replyTo ? { is: "replying", to: replyTo } : { is: "new" };
}

/**
 * @param replyTo the message that the user was about to reply to
 * @param edit the message that the user was editing
 */
export function emptyWriting(
  replyTo: ReplyTarget | undefined,
  edit: EditTarget | undefined,
): WritingSlice {
  return {
    outgoing: [],
    isUnkept: false,
    undoable: new Set(),
    sentCount: 0,
    composing: edit ?? composingNew(replyTo),
  };
}
