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

/** The frames that are stored before they are sent, and forgotten when their echo comes (SPEC D5). */
export type OutgoingFrame = EntryRequest;

/** Something that was written and is not acknowledged yet. */
export interface Outgoing {
  /** The entry's id; the same for every try (SPEC D2, D4). */
  readonly id: string;
  readonly frame: OutgoingFrame;
  /** When it was written, in ms since 1970. */
  readonly at: number;
  readonly state:
    /** `refusal`: why the last try was refused for now (SPEC D4). */
    | { readonly is: "queued"; readonly refusal?: Refusal }
    | { readonly is: "sending"; readonly refusal?: Refusal }
    | { readonly is: "failed"; readonly refusal: Refusal };
}

/** What a room client tells. Entries come in order of `seq`, each once, without holes (SPEC R4). */
export type RoomEvent =
  | { readonly type: "status"; readonly status: Status }
  /** The log as shown starts anew with these entries. */
  | {
      readonly type: "window";
      readonly entries: readonly LogEntry[];
      /**
       * `first`: nothing was shown before. `reset`: the log's past is not what it was (SPEC R5).
       * `truncated`: entries between what was shown and these are no longer kept.
       */
      readonly why: "first" | "reset" | "truncated";
      /** The log starts at this `seq`, where it was trimmed. */
      readonly truncatedBefore?: number;
    }
  /** The next entries. */
  | { readonly type: "entries"; readonly entries: readonly LogEntry[] }
  /** Back after a drop: `fresh` messages were brought, and none is missing (SPEC R1). */
  | { readonly type: "caught-up"; readonly fresh: number }
  /** Everything written and not acknowledged, in the order in which it leaves. */
  | { readonly type: "outgoing"; readonly outgoing: readonly Outgoing[] }
  /** Who is here; `members` may list only the first of `count` people. */
  | {
      readonly type: "people";
      readonly self: Member;
      readonly members: readonly Member[];
      readonly count: number;
    }
  /** The settings of the room, where they changed; none at first. Of each key that has a value, the entry that gave it (SPEC G2). */
  | { readonly type: "settings"; readonly settings: Settings }
  /** Somebody came, went or renamed (already part of the last `people`). */
  | {
      readonly type: "moved";
      readonly how: "entered" | "left" | "renamed";
      readonly member: Member;
    }
  /** The server speaks a newer major version of the protocol: reload, or update, the client. */
  | { readonly type: "outdated" }
  /** Everybody who is typing now, oneself excluded. */
  | { readonly type: "typing"; readonly members: readonly Member[] }
  /** A frame other than an outgoing one was refused (a rename, say). */
  | { readonly type: "refused"; readonly refusal: Refusal };
