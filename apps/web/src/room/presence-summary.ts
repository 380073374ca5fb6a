import { unreachable, type Member } from "@parley/protocol";

/** What happened to a member in a run of presence changes. */
type Outcome =
  | "came"
  | "left"
  /** Joined and left again. */
  | "passed"
  /** Left and came back. */
  | "returned"
  | "renamed";

/** One member in a run of presence changes; at most one of each member. */
export interface PresenceChange {
  readonly member: Member;
  readonly outcome: Outcome;
  /** The name before this run, if it was another. */
  readonly was?: string;
}

/** A presence event of the server, and the name that was known before. */
export interface PresenceStep {
  readonly how: "entered" | "left" | "renamed";
  readonly member: Member;
  readonly was?: string;
}

/**
 * Adds an event to a run, so that a member who comes and goes ten times takes one place.
 * @returns the run with the member's outcome updated; the member moves to its end
 */
export function foldChange(
  run: readonly PresenceChange[],
  step: PresenceStep,
): readonly PresenceChange[] {
  const before = run.find(({ member }) => member.id === step.member.id);
  const rest = before ? run.filter((move) => move !== before) : run;
  const outcome = outcomeAfter(before?.outcome, step.how);
  const was = before?.was ?? step.was;
  return [
    ...rest,
    {
      member: step.member,
      outcome,
      ...(was === undefined || was === step.member.name ? {} : { was }),
    },
  ];
}

function outcomeAfter(before: Outcome | undefined, how: PresenceStep["how"]): Outcome {
  switch (how) {
    case "entered":
      return before === "left" || before === "returned" ? "returned" : "came";
    case "left":
      return before === "came" || before === "passed" ? "passed" : "left";
    case "renamed":
      return before ?? "renamed";
    default:
      return unreachable(how);
  }
}

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

const words: readonly (readonly [Exclude<Outcome, "renamed">, string])[] = [
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
