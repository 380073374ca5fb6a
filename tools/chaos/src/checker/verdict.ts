/** The kinds of violations, and the rules that they break. */
export const RULE_OF = {
  /** Acknowledged, but not in the final log. */
  lost: "A",
  /** Acknowledged, but not shown to a client that stayed or came back. */
  unseen: "A",
  /** Shown twice to one client, or twice in the log. */
  doubled: "B",
  /** The same place of the same log with different content. */
  differs: "C",
  /** Entries that were skipped without explanation. */
  hole: "C",
  /** Of a private conversation, and sent to somebody else. */
  leaked: "W2",
  /** Refused for good, but shown. */
  "refused-shown": "D",
  /** An author's messages are in another order than they were written, or were shown so. */
  "out-of-order": "order",
  /** Written, but neither acknowledged nor refused at the end. */
  unsettled: "D5",
  /** A server reports other settings than follow from the log. */
  setting: "G2",
  /** The event that the scenario should cause did not happen. */
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
  /** Refusals, including temporary ones. */
  readonly refused: number;
  /** Acknowledged and lost with a log of Redis; everybody was told (SPEC O3, R5). */
  readonly lostAndSaid: number;
}

/** The result of a check: figures, and all violations. */
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

/** The verdict with further violations. */
export function alsoFound(verdict: Verdict, violations: readonly Violation[]): Verdict {
  return { ...verdict, violations: [...verdict.violations, ...violations] };
}

/** How many violations of these kinds there are. */
export function count({ violations }: Verdict, ...kinds: readonly Kind[]): number {
  return violations.filter(({ kind }) => kinds.includes(kind)).length;
}
