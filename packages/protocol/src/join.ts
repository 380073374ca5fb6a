import * as v from "valibot";
import { EntryId, RoomId, Seq, Token } from "./ids.ts";
import { Name } from "./member.ts";
import { answerFields, requestOf } from "./request.ts";
import type { Shape } from "./shape.ts";

/**
 * Where a client's copy of a room's log ends (SPEC R1). `id` is the id of the entry at `seq`.
 * Without the same id there, the server continues the copy only if that entry was trimmed (SPEC
 * R5).
 */
export const Since = v.object({ epoch: v.string(), seq: Seq, id: v.optional(EntryId) });
export type Since = v.InferOutput<typeof Since>;

/** Joins a room. In a room, moves to another. */
export const JoinUp = requestOf({
  roomId: RoomId,
  name: v.optional(Name),
  token: v.optional(Token),
  since: v.optional(Since),
  /** Asks for one's own bell, from where the client's copy of it ends; since 1.5. */
  bell: v.optional(v.object({ since: v.optional(Since) })),
});

/** Leaves the room and keeps the connection. */
export const LeaveUp = requestOf({});

/** The answer to `join`. Without a `ref`, it may also announce a reset. */
export const JoinedDown = {
  ...answerFields,
  roomId: "text",
  self: "member",
  /** The member's own token, sent to that member only (SPEC P2). */
  token: "text",
  epoch: "text",
  /** The last `seq` of the log; 0 if it is empty. */
  head: "seq",
  members: "member[]",
  count: "number",
  entries: "entry[]",
  /** The settings of the room as of `head`, each as the entry that set it (SPEC G2); since 1.3. */
  settings: "set[]?",
  /** Whether `entries` continues from `since` without a gap. */
  recovered: "flag",
  /** How many entries came after `since`; `entries` may hold only the first of them. */
  missed: "number",
  /** The first `seq` that is kept, if the log was trimmed. */
  truncatedBefore: "seq?",
  /** One's own bell, where the join asked for it: what `readBell` reads; since 1.5. */
  bell: "json?",
  /** The server's PROTOCOL_VERSION; a server of 1.0 does not send it. */
  version: "text?",
} as const satisfies Shape;
