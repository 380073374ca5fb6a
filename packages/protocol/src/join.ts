import * as v from "valibot";
import { LogEntry, SetFrame } from "./entries/entry-frame.ts";
import { EntryId, RoomId, Seq, Token } from "./ids.ts";
import { Member, Name } from "./member.ts";
import { answerFields, requestOf } from "./request.ts";

/**
 * Where a client's copy of a room's log ends (SPEC R1). `id` is that of the entry at `seq`: a copy
 * without it is continued only if that entry was trimmed (SPEC R5).
 */
export const Since = v.object({ epoch: v.string(), seq: Seq, id: v.optional(EntryId) });
export type Since = v.InferOutput<typeof Since>;

/** Enter a room; in a room, move to another. */
export const JoinUp = requestOf({
  roomId: RoomId,
  name: v.optional(Name),
  token: v.optional(Token),
  since: v.optional(Since),
});

/** Leave the room, keep the socket. */
export const LeaveUp = requestOf({});

/** The answer to `join`. Without a `ref`, it may also tell of a reset. */
export const JoinedDown = v.object({
  ...answerFields,
  roomId: v.string(),
  self: Member,
  /** Shown only to its owner (SPEC P2). */
  token: v.string(),
  epoch: v.string(),
  /** The last `seq` of the log, 0 where it is empty. */
  head: Seq,
  members: v.array(Member),
  count: v.number(),
  entries: v.array(LogEntry),
  /** The settings of the room as of `head`, each as the entry that gave it (SPEC G2); since 1.3. */
  settings: v.optional(v.array(SetFrame)),
  /** Whether `entries` continues from `since` without a gap. */
  recovered: v.boolean(),
  /** How many entries came after `since`; `entries` may hold only the first of them. */
  missed: v.number(),
  /** The log was trimmed: it starts at this `seq`. */
  truncatedBefore: v.optional(Seq),
  /** The server's PROTOCOL_VERSION; a server of 1.0 does not say it. */
  version: v.optional(v.string()),
});
