/** What can be found wrong, and the rule that it breaks. */
export const RULE_OF = {
  /** Acknowledged, and not in the final log. */
  lost: "A",
  /** Acknowledged, and not shown to somebody who stayed or came back. */
  unseen: "A",
  /** Shown twice to one client, or twice in the log. */
  doubled: "B",
  /** The same place of the same log with another content. */
  differs: "C",
  /** Entries that were skipped, and nobody said why. */
  hole: "C",
  /** Refused for good, and there all the same. */
  "refused-shown": "D",
  /** An author's messages stand in another order than they were written, or were shown so. */
  "out-of-order": "order",
  /** Written, and neither acknowledged nor refused at the end. */
  unsettled: "D5",
  /** A server tells other settings than follow from the log. */
  setting: "G2",
  /** What the scenario itself was to show did not happen. */
  unexpected: "scenario",
} as const;

export type Kind = keyof typeof RULE_OF;

export interface Violation {
  readonly kind: Kind;
  /** Who, what and where. */
  readonly what: string;
}

export interface Figures {
  readonly rounds: number;
  readonly sent: number;
  readonly acknowledged: number;
  /** Answers that refused, temporary ones included. */
  readonly refused: number;
  /** Acknowledged and gone with a log that its Redis lost: everybody was told (SPEC O3, R5). */
  readonly lostAndSaid: number;
}

/** What a check found: figures, and everything that is wrong. */
export interface Verdict {
  readonly figures: Figures;
  readonly violations: readonly Violation[];
}

export const nothingChecked: Verdict = {
  figures: { rounds: 0, sent: 0, acknowledged: 0, refused: 0, lostAndSaid: 0 },
  violations: [],
};

/** Two verdicts as one. */
export function together(one: Verdict, other: Verdict): Verdict {
  const [a, b] = [one.figures, other.figures];
  return {
    figures: {
      rounds: a.rounds + b.rounds,
      sent: a.sent + b.sent,
      acknowledged: a.acknowledged + b.acknowledged,
      refused: a.refused + b.refused,
      lostAndSaid: a.lostAndSaid + b.lostAndSaid,
    },
    violations: [...one.violations, ...other.violations],
  };
}

/** The same verdict, with what else was found wrong. */
export function alsoFound(verdict: Verdict, violations: readonly Violation[]): Verdict {
  return { ...verdict, violations: [...verdict.violations, ...violations] };
}

/** How many violations of these kinds there are. */
export function count({ violations }: Verdict, ...kinds: readonly Kind[]): number {
  return violations.filter(({ kind }) => kinds.includes(kind)).length;
}
