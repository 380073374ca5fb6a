import * as v from "valibot";
import { LogEntry } from "./entries/entry-frame.ts";
import { Seq } from "./ids.ts";
import { PAGE_ENTRIES_MAX } from "./limits.ts";
import { answerFields, requestOf } from "./request.ts";

/**
 * A page of the room's log: the last entries before `before`, or the first after `after`, or,
 * with neither, the last of all.
 */
export const HistoryUp = v.pipe(
  requestOf({
    before: v.optional(Seq),
    after: v.optional(Seq),
    limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(PAGE_ENTRIES_MAX))),
  }),
  v.check(
    ({ before, after }) => before === undefined || after === undefined,
    "Give before or after, not both.",
  ),
);

export const HistoryDown = v.object({
  ...answerFields,
  /** Oldest first. */
  entries: v.array(LogEntry),
  epoch: v.string(),
  head: Seq,
  /** Whether the log has more in the direction that was asked for. */
  more: v.boolean(),
  /** The log was trimmed: it starts at this `seq`. */
  truncatedBefore: v.optional(Seq),
});
