import * as v from "valibot";
import { EntryId, Seq } from "../ids.ts";
import { Member } from "../member.ts";

/** What every durable frame carries beside its own fields (SPEC O1, D2). */
export const entryFields = {
  id: EntryId,
  seq: Seq,
  /** When the server took it, in ms since 1970. */
  at: v.number(),
  from: Member,
};
