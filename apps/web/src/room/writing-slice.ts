import type { PendingMessage } from "@parley/client";
import type { ReplyTarget } from "../storage/drafts.ts";

/** What the composer is used for. */
export type Composing =
  | { readonly is: "new" }
  /** The text replies to a message. */
  | { readonly is: "replying"; readonly to: ReplyTarget }
  /** A refused message gets another text. */
  | { readonly is: "amending"; readonly id: string; readonly text: string }
  /** A sent message gets another text; `target` is its id, `text` its present text. */
  | { readonly is: "editing"; readonly target: string; readonly text: string };

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

/** @param replyTo the message that the user was about to reply to */
export function emptyWriting(replyTo: ReplyTarget | undefined): WritingSlice {
  return {
    outgoing: [],
    isUnkept: false,
    undoable: new Set(),
    sentCount: 0,
    composing: replyTo ? { is: "replying", to: replyTo } : { is: "new" },
  };
}
