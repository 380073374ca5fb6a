import type { Member } from "@parley/protocol";
import type { PresenceOutcome, PresenceChange } from "./presence-run.ts";

/** Members of one run with the same outcome, ready for a clause. */
export interface SummaryClause {
  readonly members: readonly Member[];
  /** How many more there are beyond `members`. */
  readonly others: number;
  /** What they did, such as `came`; for a new name, `is now` comes between `was` and the member. */
  readonly what: string;
  readonly was?: string;
}

/** How many members a clause names before it counts the rest. */
const NAMED_MAX = 3;

const words: readonly (readonly [Exclude<PresenceOutcome, "renamed">, string])[] = [
  ["came", "came in"],
  ["passed", "came and left"],
  ["returned", "left and came back"],
  ["left", "left"],
];

/** Writes a run as clauses: who joined, who left, who changed their name. */
export function summarize(run: readonly PresenceChange[]): readonly SummaryClause[] {
  const clauses: SummaryClause[] = [];
  for (const [outcome, what] of words) {
    const members = run.filter((move) => move.outcome === outcome).map(({ member }) => member);
    if (members.length === 0) continue;
    // "And one other" takes as much space as the name itself.
    const named = members.length === NAMED_MAX + 1 ? members.length : NAMED_MAX;
    clauses.push({
      members: members.slice(0, named),
      others: Math.max(0, members.length - named),
      what,
    });
  }
  for (const { member, outcome, was } of run) {
    if (outcome === "renamed" && was !== undefined) {
      clauses.push({ members: [member], others: 0, what: "is now", was });
    }
  }
  return clauses;
}
