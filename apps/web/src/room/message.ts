import {
  isMessage,
  type EntryRequest,
  type LogEntry,
  type Member,
  type MessageKind,
  type SetFrame,
  type UnknownEntry,
} from "@parley/protocol";
import { dayOf } from "./day.ts";

/** What a message says, in the log or on its way there. */
export interface Said {
  readonly is: "said";
  readonly text: string;
  /** When it last changed, in ms since 1970. */
  readonly editedAt?: number;
}

/** What a message says now, after the edits that the log holds. */
type Body =
  | Said
  /** Taken back at `at`; a trace stays. */
  | { readonly is: "deleted"; readonly at: number };

/** One emoji under a message and who put it there, the first of them first. */
export interface Reaction {
  readonly emoji: string;
  readonly by: readonly Member[];
}

/** A message of the log, as it reads now. */
export interface Message {
  /** Only a chat can be edited. */
  readonly kind: MessageKind;
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

type MessageEntry = Extract<LogEntry, { type: MessageKind }>;
type MessageRequest = Extract<EntryRequest, { type: MessageKind }>;

/** An entry that changes a message which stands earlier in the log. */
export type Revision = Exclude<LogEntry, MessageEntry | UnknownEntry | SetFrame>;

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
    if (isMessage(entry)) batch.push(toMessage(entry));
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

/** What a message says as it is written. */
export function saidIn({ payload }: MessageEntry | MessageRequest): Said {
  return { is: "said", text: payload.message };
}

function toMessage(entry: MessageEntry): Message {
  const { id, seq, at, from, replyTo, replyToSeq } = entry.payload;
  const answered = replyTo !== undefined && {
    id: replyTo,
    ...(replyToSeq === undefined ? {} : { seq: replyToSeq }),
  };
  return {
    kind: entry.type,
    id,
    seq,
    at,
    day: dayOf(at),
    from,
    body: saidIn(entry),
    reactions: [],
    ...(answered ? { replyTo: answered } : {}),
  };
}
