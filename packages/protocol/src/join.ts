import * as v from "valibot";
import { EntryId, RoomId, Seq, Token } from "./ids.ts";
import { Name } from "./member.ts";
import { answerFields, requestOf } from "./request.ts";
import type { Shape } from "./shape.ts";

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
export const JoinedDown = {
  ...answerFields,
  roomId: "text",
  self: "member",
  /** Shown only to its owner (SPEC P2). */
  token: "text",
  epoch: "text",
  /** The last `seq` of the log, 0 where it is empty. */
  head: "seq",
  members: "member[]",
  count: "number",
  entries: "entry[]",
  /** The settings of the room as of `head`, each as the entry that gave it (SPEC G2); since 1.3. */
  settings: "set[]?",
  /** Whether `entries` continues from `since` without a gap. */
  recovered: "flag",
  /** How many entries came after `since`; `entries` may hold only the first of them. */
  missed: "number",
  /** The log was trimmed: it starts at this `seq`. */
  truncatedBefore: "seq?",
  /** The server's PROTOCOL_VERSION; a server of 1.0 does not say it. */
  version: "text?",
} as const satisfies Shape;
