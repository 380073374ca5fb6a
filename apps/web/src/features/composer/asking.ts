import { unreachable } from "@parley/protocol";
import type { Query } from "./query.ts";

/** Where a writer stands with suggestions. */
export type Asking =
  | { readonly is: "idle" }
  /** `chosen`: the place of the one that the arrow keys went to; before that, there is none. */
  | { readonly is: "asking"; readonly query: Query; readonly chosen?: number }
  /** Done with the query that begins at `from`, however it goes on. */
  | { readonly is: "done"; readonly from: number };

/** After the text has changed: what is looked for now, if anything. */
export function askedFor(asking: Asking, query: Query | undefined): Asking {
  if (!query) return { is: "idle" };
  switch (asking.is) {
    case "done":
      return asking.from === query.from ? asking : { is: "asking", query };
    case "idle":
    case "asking":
      return { is: "asking", query };
    default:
      return unreachable(asking);
  }
}

/**
 * The next suggestion in a direction, past the last one round to the first.
 * @param chosen where one stands; undefined before the first and after the last
 */
export function nextChoice(chosen: number | undefined, by: 1 | -1, count: number): number {
  if (chosen === undefined) return by === 1 ? 0 : count - 1;
  return (chosen + by + count) % count;
}
