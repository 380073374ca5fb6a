import type { PendingMessage } from "@parley/client";
import type { ReplyTarget } from "../storage/drafts.ts";

/** What the composer is for. */
export type Composing =
  | { readonly is: "new" }
  /** What is written answers a message. */
  | { readonly is: "replying"; readonly to: ReplyTarget }
  /** A message that was refused gets another text. */
  | { readonly is: "amending"; readonly id: string; readonly text: string }
  /** A message that was sent gets another text; `target` is its id, `text` what it says now. */
  | { readonly is: "editing"; readonly target: string; readonly text: string };

/** What the reader writes, and what is not acknowledged yet. */
export interface WritingSlice {
  readonly outgoing: readonly PendingMessage[];
  /** The ids of one's own messages whose deletion can still be undone. */
  readonly undoable: ReadonlySet<string>;
  /** How many messages were written here in this visit; each scrolls to the end. */
  readonly sentCount: number;
  readonly composing: Composing;
}

/** @param replyTo the message that the reader was about to answer */
export function emptyWriting(replyTo: ReplyTarget | undefined): WritingSlice {
  return {
    outgoing: [],
    undoable: new Set(),
    sentCount: 0,
    composing: replyTo ? { is: "replying", to: replyTo } : { is: "new" },
  };
}
