import type { LogEntry, Member, SetFrame, UnknownEntry } from "@parley/protocol";
import { dayOf } from "./day.ts";

/** What a message says now, after the edits that the log holds. */
type Body =
  /** `editedAt`: when it last changed, in ms since 1970. */
  | { readonly is: "said"; readonly text: string; readonly editedAt?: number }
  /** Taken back at `at`; a trace stays. */
  | { readonly is: "deleted"; readonly at: number };

/** One emoji under a message and who put it there, the first of them first. */
export interface Reaction {
  readonly emoji: string;
  readonly by: readonly Member[];
}

/** A message of the log, as it reads now. */
export interface Message {
  readonly id: string;
  readonly seq: number;
  /** When the server took it, in ms since 1970. */
  readonly at: number;
  /** The reader's own day of `at`, such as `2026-11-20`. */
  readonly day: string;
  readonly from: Member;
  readonly body: Body;
  readonly reactions: readonly Reaction[];
  /** The message that this one answers. */
  readonly replyTo?: { readonly id: string; readonly seq?: number };
}

type ChatEntry = Extract<LogEntry, { type: "chat" }>;

/** An entry that changes a message which stands earlier in the log. */
export type Revision = Exclude<LogEntry, ChatEntry | UnknownEntry | SetFrame>;

/**
 * Parts entries into new messages and changes to messages, both in the order of the log. Those of
 * an unknown kind are not shown (SPEC O5).
 */
export function partEntries(entries: readonly LogEntry[]): {
  batch: Message[];
  revisions: Revision[];
} {
  const batch: Message[] = [];
  const revisions: Revision[] = [];
  for (const entry of entries) {
    if (entry.type === "chat") batch.push(toMessage(entry));
    else if (isRevision(entry)) revisions.push(entry);
  }
  return { batch, revisions };
}

/** Whether an entry changes a message. */
export function isRevision(entry: LogEntry): entry is Revision {
  return "targetSeq" in entry.payload;
}

/** Whether an entry is of a kind that this version of the app does not know (SPEC O5). */
export function isUnknown(entry: LogEntry): entry is UnknownEntry {
  return entry.type === "unknown";
}

function toMessage({ payload }: ChatEntry): Message {
  const { id, seq, at, from, message, replyTo, replyToSeq } = payload;
  const answered = replyTo !== undefined && {
    id: replyTo,
    ...(replyToSeq === undefined ? {} : { seq: replyToSeq }),
  };
  return {
    id,
    seq,
    at,
    day: dayOf(at),
    from,
    body: { is: "said", text: message },
    reactions: [],
    ...(answered ? { replyTo: answered } : {}),
  };
}
