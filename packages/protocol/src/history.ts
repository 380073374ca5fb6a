import * as v from "valibot";
import { Seq } from "./ids.ts";
import { PAGE_ENTRIES_MAX } from "./limits.ts";
import { answerFields, requestOf } from "./request.ts";
import type { Shape } from "./shape.ts";

/**
 * Asks for a page of the log: the last entries before `before`, the first after `after`, or,
 * without either, the last of all.
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
  /** Whether the log has more entries in the direction of the request. */
  more: "flag",
  /** The first `seq` that is kept, if the log was trimmed. */
  truncatedBefore: "seq?",
} as const satisfies Shape;
