import { entryFields } from "./entries/envelope.ts";
import type { EntryFieldTypes } from "./member.ts";
import type { ReadWith, Shape } from "./shape.ts";

/**
 * An entry of a member's bell: `from` wrote them a private message with this `id` (SPEC W4). With `to`, they
 * wrote it themselves, to the member of this id; since 1.7.
 */
export const RangDown = { ...entryFields, to: "text?" } as const satisfies Shape;
export interface RangFrame {
  readonly type: "rang";
  readonly payload: ReadWith<typeof RangDown, EntryFieldTypes>;
}

/** What `joined` says of one's own bell, to those who ask: each of `entries` is a {@link RangFrame}. */
export const bellShape = {
  epoch: "text",
  /** The last `seq` of the bell, 0 where nobody rang. */
  head: "seq",
  /** Oldest first; what follows the last of them comes as frames. */
  entries: "json",
  /** Whether `entries` continues from `since` without a gap. */
  recovered: "flag",
  /** How many entries came after `since`. */
  missed: "number",
  /** The bell was trimmed: it starts at this `seq`. */
  truncatedBefore: "seq?",
} as const satisfies Shape;

export interface Bell extends Omit<ReadWith<typeof bellShape, EntryFieldTypes>, "entries"> {
  readonly entries: readonly RangFrame[];
}
