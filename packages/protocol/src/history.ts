import * as v from "valibot";
import { Seq } from "./ids.ts";
import { PAGE_ENTRIES_MAX } from "./limits.ts";
import { answerFields, requestOf } from "./request.ts";
import type { Shape } from "./shape.ts";

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

export const HistoryDown = {
  ...answerFields,
  /** Oldest first. */
  entries: "entry[]",
  epoch: "text",
  head: "seq",
  /** Whether the log has more in the direction that was asked for. */
  more: "flag",
  /** The log was trimmed: it starts at this `seq`. */
  truncatedBefore: "seq?",
} as const satisfies Shape;
