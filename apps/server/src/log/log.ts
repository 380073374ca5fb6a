import {
  definitionOfKind,
  type EntryFrame,
  type EntryKind,
  type RangFrame,
  type SetFrame,
  type Since,
} from "@parley/protocol";

/** An entry before the log has given it its `seq`. */
export type Draft = RoomDraft | RangDraft;

/** An entry of a member's bell, which is a log of its own (private/). */
export interface RangDraft {
  readonly type: "rang";
  readonly payload: Omit<RangFrame["payload"], "seq"> & {
    /** The `id` of the message, if the ring is stored under another one (private/bells.ts). */
    readonly idOfMessage?: string;
  };
  readonly expect?: never;
}

type RoomDraft = {
  [K in EntryKind]: {
    readonly type: K;
    readonly payload: Omit<Extract<EntryFrame, { type: K }>["payload"], "seq">;
    /** Of a setting: it is only added if its key's last entry has this `seq`; 0: has none. */
    readonly expect?: K extends "set" ? number : never;
  };
}[EntryKind];

/** What became of a draft. */
export type Appended =
  /** It is durable, and everybody who follows the room is told. */
  | { readonly is: "new"; readonly entry: EntryFrame }
  /** The author's `id` is in the log with the same content; nothing was written (SPEC D2). */
  | { readonly is: "repeat"; readonly entry: EntryFrame }
  /** The author's `id` is in the log with other content; nothing was written (SPEC D3). */
  | { readonly is: "conflict" }
  | SettingRefused;

/** Why a setting was not added, by the refusal's code; nothing was written. */
export type SettingRefused =
  /** Its key has another entry than expected: this one, or none. */
  | { readonly is: "stale"; readonly present: SetFrame | undefined }
  /** The message to pin is not there, deleted, or no message. */
  | { readonly is: "unknown_target" }
  | { readonly is: "too_many_settings" };

/** The log cannot write or read now; trying again later is right (SPEC D4). */
export class LogUnavailable extends Error {}

/** For what is done again soon, or is no loss, if the log is away. Any other error is a bug. */
export function throwUnlessUnavailable(error: unknown): void {
  if (!(error instanceof LogUnavailable)) throw error;
}

/** How much of a log to read. */
interface Extent {
  /** Entries, at the most. */
  readonly limit: number;
  /** How much text is enough, in characters: a log may stop with the entry that exceeds it. */
  readonly enough?: number;
  /** Whether the page has the settings of the room as well. */
  readonly withSettings?: true;
}

/** The storage cap is reached: nothing is added until something is trimmed. Reads still work. */
export class StorageFull extends LogUnavailable {}

/** A part of a log. `after` and `before` are exclusive; neither: the last entries of all. */
export type Range =
  | ({ readonly after: number } & Extent)
  | ({ readonly before: number } & Extent)
  | Extent;

export interface Page {
  /** Names this log; another epoch is another log (SPEC O3). */
  readonly epoch: string;
  /** The last `seq` that was given, 0 in an empty log. */
  readonly head: number;
  /** The first `seq` that is kept: `head + 1` if nothing is. Entries before it were trimmed. */
  readonly first: number;
  /** Oldest first. */
  readonly entries: readonly EntryFrame[];
  /** If asked for: the settings as of `head`, by `seq` (SPEC G2). */
  readonly settings?: readonly SetFrame[];
}

/** Which entry a frame speaks of: the message with this `id`, if given of this author alone. */
export interface Target {
  readonly id: string;
  readonly author?: string;
  /** Not only a message: an edit, say. */
  readonly ofAnyKind?: true;
}

/**
 * The ordered, durable log of every room. One contract suite (log.contract.ts) holds for every
 * implementation. All methods may throw LogUnavailable, and then have done nothing that counts.
 */
export interface RoomLog {
  /**
   * Gives the draft the next `seq` of its room and makes it durable (SPEC O1, D1). Drafts of one
   * caller get their numbers in the order of the calls.
   */
  append(roomId: string, draft: Draft): Promise<Appended>;
  /**
   * Reads a part of a room's log; a room that nobody wrote to is an empty log.
   * @param address the network address that it is read for, if it is for one
   */
  read(roomId: string, range: Range, address?: string): Promise<Page>;
  /** Finds an entry; of several by different authors, the first. */
  find(roomId: string, target: Target): Promise<EntryFrame | undefined>;
  /**
   * Tells of every entry that is appended from now on: once it is durable, in order of `seq`, each
   * once, without gaps.
   * @param onReset called when another log takes the place of this one (a new epoch, SPEC O3).
   * Entries told before no longer hold; the next ones follow the new log's head. No call answers
   * from the new log before this is called.
   * @returns stops it
   */
  follow(
    roomId: string,
    onEntry: (entry: EntryFrame) => void,
    onReset?: () => void,
  ): Promise<() => void>;
}

/** The entry that a draft becomes. */
export function numbered(draft: Draft, seq: number): EntryFrame {
  return { type: draft.type, payload: { ...draft.payload, seq } } as EntryFrame;
}

/** Whether an entry says the same as a draft: its kind and all of its content (SPEC D3). */
export function saysTheSame(entry: EntryFrame, draft: Draft): boolean {
  return entry.type === draft.type && contentOf(entry) === contentOf(draft);
}

/** What its author sent, as one text: fields have the order of their schema. */
function contentOf({ type, payload }: EntryFrame | Draft): string {
  const fields: Readonly<Record<string, unknown>> = payload;
  const content = type === "rang" ? [] : definitionOfKind(type).content;
  return JSON.stringify(content.map((field) => fields[field]));
}

/** Whether a log continues a client's copy, or why it cannot (SPEC R1, R5). */
export type Continuation =
  | { readonly is: "continued" }
  | { readonly is: "truncated" }
  | { readonly is: "reset" };

/**
 * Judges a client's `since`.
 * @param page the entries after `since.seq - 1`, so that the first is the one that `since.id` names
 */
export function continuation(since: Since, page: Page): Continuation {
  if (since.epoch !== page.epoch || since.seq > page.head) return { is: "reset" };
  if (since.seq + 1 < page.first) return { is: "truncated" };
  // A log that was put back from an older copy, unseen, has the same epoch: the entry tells.
  const last = page.entries[0]?.payload;
  if (last?.seq === since.seq && last.id !== since.id) return { is: "reset" };
  return { is: "continued" };
}
