import { unreachable, type Member } from "@parley/protocol";

/** What became of a person in a run of comings and goings. */
type Outcome =
  | "came"
  | "left"
  /** Came and left again. */
  | "passed"
  /** Left and came back. */
  | "returned"
  | "renamed";

/** One person in a run of comings and goings; at most one of each person. */
export interface PresenceChange {
  readonly member: Member;
  readonly outcome: Outcome;
  /** The name before this run, where it was another. */
  readonly was?: string;
}

/** What the server tells of a person, and the name that it knew before. */
export interface PresenceStep {
  readonly how: "entered" | "left" | "renamed";
  readonly member: Member;
  readonly was?: string;
}

/**
 * Folds a step into a run, so that whoever comes and goes ten times takes one place.
 * @returns the run with the person's outcome brought up to date; the person moves to its end
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

/** People of one run who share an outcome, ready to be written as a clause. */
export interface SummaryClause {
  readonly members: readonly Member[];
  /** How many more there are beyond `members`. */
  readonly others: number;
  /** What they did, such as `came`; for a new name, `is now` stands between `was` and the member. */
  readonly what: string;
  readonly was?: string;
}

/** People named in one clause before the rest are counted. */
const NAMED_MAX = 3;

const words: readonly (readonly [Exclude<Outcome, "renamed">, string])[] = [
  ["came", "came in"],
  ["passed", "came and left"],
  ["returned", "left and came back"],
  ["left", "left"],
];

/** Writes a run of comings and goings as clauses: who came, who left, who has another name. */
export function summarize(run: readonly PresenceChange[]): readonly SummaryClause[] {
  const clauses: SummaryClause[] = [];
  for (const [outcome, what] of words) {
    const members = run.filter((move) => move.outcome === outcome).map(({ member }) => member);
    if (members.length === 0) continue;
    // "And one other" takes as much room as the name itself.
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
