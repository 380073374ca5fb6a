import type { EntryRequest, LogEntry, Member, Refusal, Settings } from "@parley/protocol";

/** The state of the client's connection to its room: one union, without flags beside it. */
export type Status =
  /** The first connection is being opened. */
  | { readonly is: "connecting" }
  /** In the room, live. */
  | { readonly is: "joined" }
  /** The connection was lost at `since`; the next attempt is at `retryAt` (both ms since 1970). */
  | { readonly is: "waiting"; readonly since: number; readonly retryAt: number }
  /** The connection was lost; an attempt is under way. */
  | { readonly is: "reconnecting"; readonly since: number }
  /** The server refused the join for good: the room code or the name must change. */
  | { readonly is: "refused"; readonly refusal: Refusal }
  /** Over: left, replaced elsewhere, or not a Parley server (see CloseCode). */
  | { readonly is: "closed"; readonly code: number };

/** A message, or another entry, that was written and is not acknowledged yet (SPEC D5). */
export interface PendingMessage {
  /** The entry's id, the same for every attempt (SPEC D2, D4). */
  readonly id: string;
  readonly frame: EntryRequest;
  /** When it was written, in ms since 1970. */
  readonly at: number;
  readonly state:
    /** `refusal`: the temporary refusal of the last attempt (SPEC D4). */
    | { readonly is: "queued"; readonly refusal?: Refusal }
    | { readonly is: "sending"; readonly refusal?: Refusal }
    | { readonly is: "failed"; readonly refusal: Refusal };
}

/**
 * The events of a room client. Entries come in order of `seq`, each once, without gaps (SPEC R4).
 */
export type RoomEvent =
  | { readonly type: "status"; readonly status: Status }
  /** The log is replaced by these entries. */
  | {
      readonly type: "window";
      readonly entries: readonly LogEntry[];
      /**
       * `first`: nothing was shown before. `reset`: what was shown is no longer the log (SPEC R5).
       * `truncated`: entries between what was shown and these are no longer kept.
       */
      readonly why: "first" | "reset" | "truncated";
      /** The first `seq` that is kept, if the log was trimmed. */
      readonly truncatedBefore?: number;
    }
  /** The next entries. */
  | { readonly type: "entries"; readonly entries: readonly LogEntry[] }
  /**
   * Connected again after a drop: `fresh` missed messages arrived, and none is missing (SPEC R1).
   */
  | { readonly type: "caught-up"; readonly fresh: number }
  /** All pending messages, in the order in which they are sent. */
  | { readonly type: "pending"; readonly pending: readonly PendingMessage[] }
  /** Who is in the room. `members` may list only some of the `count` members. */
  | {
      readonly type: "people";
      readonly self: Member;
      readonly members: readonly Member[];
      readonly count: number;
    }
  /**
   * The settings of the room, whenever they change; none at first. Each key that has a value comes
   * with the entry that set it (SPEC G2).
   */
  | { readonly type: "settings"; readonly settings: Settings }
  /** A member joined, left or changed their name; the last `people` event includes it already. */
  | {
      readonly type: "moved";
      readonly how: "entered" | "left" | "renamed";
      readonly member: Member;
    }
  /** The server speaks a newer major version of the protocol: reload or update the client. */
  | { readonly type: "outdated" }
  /** The outbox failed to keep an entry: if the page closes, what is not sent is lost. */
  | { readonly type: "unkept" }
  /** All members who are typing now, oneself excluded. */
  | { readonly type: "typing"; readonly members: readonly Member[] }
  /** A new name was refused. Other requests are pending entries, or promises. */
  | { readonly type: "refused"; readonly refusal: Refusal };
