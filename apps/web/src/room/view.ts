import type { Outgoing, Status } from "@parley/client";
import type { Member, Refusal } from "@parley/protocol";
import type { Revision } from "./message.ts";
import type { PresenceChange } from "./presence-summary.ts";
import type { Names } from "./names.ts";

/** Where the log stands before the first message that is shown. */
export type Older =
  /** Nothing is known before the first window. */
  | { readonly is: "unknown" }
  /** There is more before the entry `before`. */
  | { readonly is: "more"; readonly before: number }
  | { readonly is: "loading"; readonly before: number }
  | { readonly is: "failed"; readonly before: number }
  /** The first message of the room is shown. */
  | { readonly is: "beginning" }
  /** The room no longer keeps what was before. */
  | { readonly is: "trimmed" };

/** Something that is told between messages and is not part of the log. */
export type Note =
  | {
      readonly kind: "presence";
      readonly key: string;
      /** The `seq` of the message that it stands after. */
      readonly after: number;
      readonly changes: readonly PresenceChange[];
    }
  | ({ readonly kind: "gap"; readonly key: string; readonly after: number } & Gap);

/** What was shown before is not followed by what is shown now. */
export interface Gap {
  /** Why the log starts anew: see the client's `window` event. */
  readonly why: "reset" | "truncated";
  /** How many entries are gone between the two, where that is known. */
  readonly gone?: number;
}

/** A message that is being answered, as it read when that began. */
export interface ReplyTarget {
  readonly id: string;
  readonly from: Member;
  readonly text: string;
}

/** A message that is looked for, such as one that a link names. */
export type JumpTarget =
  | { readonly is: "nothing" }
  | { readonly is: "looking"; readonly seq: number }
  /** It stands out for a while. */
  | { readonly is: "found"; readonly seq: number }
  /** It is not there, or no longer kept. */
  | { readonly is: "gone"; readonly seq: number }
  /** It could not be fetched. */
  | { readonly is: "failed"; readonly seq: number };

/** What the composer is for. */
export type Composing =
  | { readonly is: "new" }
  /** What is written answers a message. */
  | { readonly is: "replying"; readonly to: ReplyTarget }
  /** A message that was refused gets another text. */
  | { readonly is: "amending"; readonly id: string; readonly text: string }
  /** A message that was sent gets another text; `target` is its id, `text` what it says now. */
  | { readonly is: "editing"; readonly target: string; readonly text: string };

export interface RoomMembers {
  readonly self: Member;
  readonly members: readonly Member[];
  readonly count: number;
}

/** The last return after a drop. */
export interface CatchUp {
  /** In ms since 1970. */
  readonly at: number;
  /** After how long, in ms. */
  readonly after: number;
  /** Messages that it brought. */
  readonly fresh: number;
  /** What it could not bring. */
  readonly gap?: Gap;
}

/** All that a room's screen shows, but for the messages themselves. */
export interface RoomView {
  readonly status: Status;
  /** When `status` last changed, in ms since 1970. */
  readonly statusAt: number;
  readonly people: RoomMembers | undefined;
  /** The last known name of everybody who was seen here, by id. */
  readonly lastNames: ReadonlyMap<string, string>;
  readonly names: Names;
  readonly typing: readonly Member[];
  readonly outgoing: readonly Outgoing[];
  readonly notes: readonly Note[];
  readonly older: Older;
  /** The first `seq` of the log that was brought; 0 before the first window. */
  readonly oldest: number;
  /** The last `seq` of the log that was brought. */
  readonly head: number;
  /** Changes to messages that stand before `oldest`: they apply once those are brought. */
  readonly pendingRevisions: readonly Revision[];
  /** The `seq` of each message that was first when a page was put before it. */
  readonly pageBoundaries: ReadonlySet<number>;
  /** The reader sees the latest message: the page is in view and scrolled to its end. */
  readonly watching: boolean;
  /** The last `seq` that the reader saw. */
  readonly lastRead: number;
  /**
   * The last `seq` that the reader saw in earlier visits, until this visit has caught up with the
   * log; undefined from then on, and where there was none.
   */
  readonly lastReadBefore: number | undefined;
  /** The first message that came while nobody watched: the "New" line stands before it. */
  readonly firstUnread: number | undefined;
  /** The last `seq` of the window that the log opened with: what comes later is news. */
  readonly openedAt: number;
  /** Since when the connection is gone, in ms since 1970. */
  readonly droppedAt: number | undefined;
  readonly caughtUp: CatchUp | undefined;
  /** The last thing that the server refused, other than a message. */
  readonly refusal: Refusal | undefined;
  /** The log or the server goes beyond this version of the app: a reload may bring a newer one. */
  readonly isOutdated: boolean;
  /** What the composer is for at the moment. */
  readonly composing: Composing;
  /** The message that is looked for. */
  readonly jumpTarget: JumpTarget;
  /** The ids of one's own messages whose deletion can still be undone. */
  readonly undoable: ReadonlySet<string>;
  /** How many messages were written here in this visit; each scrolls to the end. */
  readonly sentCount: number;
  /** Which end of the list last changed: only then may the list hold on to its end. */
  readonly lastChange: "up" | "down";
}

/** What is left of earlier visits to a room. */
export interface EarlierVisits {
  /** The last `seq` that the reader saw. */
  readonly lastRead?: number | undefined;
  /** The message that the reader was about to answer. */
  readonly replyTarget?: ReplyTarget | undefined;
}

/** A room before anything of it is known but what is left of earlier visits. */
export function emptyView(now: number, { lastRead, replyTarget }: EarlierVisits = {}): RoomView {
  return {
    status: { is: "connecting" },
    statusAt: now,
    people: undefined,
    lastNames: new Map(),
    names: new Map(),
    typing: [],
    outgoing: [],
    notes: [],
    older: { is: "unknown" },
    oldest: 0,
    head: 0,
    pendingRevisions: [],
    pageBoundaries: new Set(),
    watching: true,
    lastRead: 0,
    lastReadBefore: lastRead,
    firstUnread: undefined,
    openedAt: 0,
    droppedAt: undefined,
    caughtUp: undefined,
    refusal: undefined,
    isOutdated: false,
    composing: replyTarget ? { is: "replying", to: replyTarget } : { is: "new" },
    jumpTarget: { is: "nothing" },
    undoable: new Set(),
    sentCount: 0,
    lastChange: "down",
  };
}
