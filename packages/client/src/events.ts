import type { EntryRequest, LogEntry, Member, Refusal, Settings } from "@parley/protocol";

/** Where the client stands with its room: one lifecycle, no flags beside it. */
export type Status =
  /** The first connection is being made. */
  | { readonly is: "connecting" }
  /** In the room, live. */
  | { readonly is: "joined" }
  /** Dropped; the next try is at `retryAt` (ms since 1970). `since` is when it dropped. */
  | { readonly is: "waiting"; readonly since: number; readonly retryAt: number }
  /** Dropped; a try is under way. */
  | { readonly is: "reconnecting"; readonly since: number }
  /** The server refused the join for good: the room code or the name has to change. */
  | { readonly is: "refused"; readonly refusal: Refusal }
  /** Over: left, replaced elsewhere, or not our protocol (see CloseCode). */
  | { readonly is: "closed"; readonly code: number };

/** A message, or another entry, that was written and is not acknowledged yet (SPEC D5). */
export interface PendingMessage {
  /** The entry's id; the same for every try (SPEC D2, D4). */
  readonly id: string;
  readonly frame: EntryRequest;
  /** When it was written, in ms since 1970. */
  readonly at: number;
  readonly state:
    /** `refusal`: why the last try was refused for now (SPEC D4). */
    | { readonly is: "queued"; readonly refusal?: Refusal }
    | { readonly is: "sending"; readonly refusal?: Refusal }
    | { readonly is: "failed"; readonly refusal: Refusal };
}

/** What a room client tells its listeners. Entries come in order of `seq`, each once, without holes (SPEC R4). */
export type RoomEvent =
  | { readonly type: "status"; readonly status: Status }
  /** The log is replaced by these entries. */
  | {
      readonly type: "window";
      readonly entries: readonly LogEntry[];
      /**
       * `first`: nothing was shown before. `reset`: what was shown is not the log any more (SPEC R5).
       * `truncated`: entries between what was shown and these are no longer kept.
       */
      readonly why: "first" | "reset" | "truncated";
      /** The log was trimmed: it starts at this `seq`. */
      readonly truncatedBefore?: number;
    }
  /** The next entries. */
  | { readonly type: "entries"; readonly entries: readonly LogEntry[] }
  /** Back after a drop: `fresh` messages were brought, and none is missing (SPEC R1). */
  | { readonly type: "caught-up"; readonly fresh: number }
  /** Everything that is not acknowledged, in the order in which it is sent. */
  | { readonly type: "pending"; readonly pending: readonly PendingMessage[] }
  /** Who is here; `members` may list only the first of `count` people. */
  | {
      readonly type: "people";
      readonly self: Member;
      readonly members: readonly Member[];
      readonly count: number;
    }
  /** The settings of the room, where they changed; none at first. Of each key that has a value, the entry that gave it (SPEC G2). */
  | { readonly type: "settings"; readonly settings: Settings }
  /** A member came, left or took another name; the last `people` event has it already. */
  | {
      readonly type: "moved";
      readonly how: "entered" | "left" | "renamed";
      readonly member: Member;
    }
  /** The server speaks a newer major version of the protocol: reload, or update, the client. */
  | { readonly type: "outdated" }
  /** Everybody who is typing now, oneself excluded. */
  | { readonly type: "typing"; readonly members: readonly Member[] }
  /** A frame other than a pending entry was refused (a rename, say). */
  | { readonly type: "refused"; readonly refusal: Refusal };
