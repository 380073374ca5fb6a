import { unreachable, type Member } from "@parley/protocol";

/** What happened to a member in a run of presence changes. */
export type PresenceOutcome =
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
  readonly outcome: PresenceOutcome;
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

function outcomeAfter(
  before: PresenceOutcome | undefined,
  how: PresenceStep["how"],
): PresenceOutcome {
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
