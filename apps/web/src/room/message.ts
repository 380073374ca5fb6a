import type { PendingMessage } from "@parley/client";
import {
  isMessage,
  type EntryRequest,
  type FileInfo,
  type LogEntry,
  type Member,
  type MessageKind,
  type SetFrame,
  type UnknownEntry,
} from "@parley/protocol";
import { dayOf } from "./day.ts";

/** The content of a message, in the log or pending. */
export interface Said {
  readonly is: "said";
  readonly text: string;
  /** When it was last edited, in ms since 1970. */
  readonly editedAt?: number;
  readonly files?: readonly FileInfo[];
}

/** The content after the edits in the log. */
type Body =
  | Said
  /** Deleted at `at`; a trace stays. */
  | { readonly is: "deleted"; readonly at: number };

/** One emoji under a message and who reacted with it, earliest first. */
export interface Reaction {
  readonly emoji: string;
  readonly by: readonly Member[];
}

/** A message of the log with all changes applied. */
export interface Message {
  /** Only a chat can be edited. */
  readonly kind: MessageKind;
  readonly id: string;
  readonly seq: number;
  /** When the server accepted it, in ms since 1970. */
  readonly at: number;
  /** The day of `at` in the user's time zone, such as `2026-11-20`. */
  readonly day: string;
  readonly from: Member;
  readonly body: Body;
  readonly reactions: readonly Reaction[];
  /** The message that this one replies to. */
  readonly replyTo?: { readonly id: string; readonly seq?: number };
}

type MessageEntry = Extract<LogEntry, { type: MessageKind }>;
type MessageRequest = Extract<EntryRequest, { type: MessageKind }>;

/** An entry that changes an earlier message. */
export type Revision = Exclude<LogEntry, MessageEntry | UnknownEntry | SetFrame>;

/**
 * Splits entries into new messages and changes to messages, both in the order of the log. Entries
 * of an unknown kind are left out (SPEC O5).
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

/** The content of a message as it was written. */
export function saidIn({ payload }: MessageEntry | MessageRequest): Said {
  const { message: text, files } = payload;
  return { is: "said", text, ...(files && { files }) };
}

/** The text of a message whose author wrote none: the names of its files, for plain clients. */
export function namesOf(files: readonly Pick<FileInfo, "name">[]): string {
  return files.map(({ name }) => name).join(", ");
}

/** The files of a message in the log, or of a pending one. */
export function filesOf(
  { messages, outgoing }: { messages: readonly Message[]; outgoing: readonly PendingMessage[] },
  id: string,
): readonly FileInfo[] | undefined {
  const frame = outgoing.find((each) => each.id === id)?.frame;
  if (frame) return frame.type === "chat" ? frame.payload.files : undefined;
  const body = messages.findLast((each) => each.id === id)?.body;
  return body?.is === "said" ? body.files : undefined;
}

/** What the author of a message wrote; nothing if its text is only the names of its files. */
export function captionOf({ text, files }: Said): string {
  return files && text === namesOf(files) ? "" : text;
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
