import {
  count,
  nothingChecked,
  RULE_OF,
  together,
  type Figures,
  type Verdict,
} from "./checker/verdict.ts";
import type { Played } from "./turn.ts";

/** The longest name of a scenario, in characters. */
const NAME_CHARS = 16;
/** How many violations are listed; the table counts all of them. */
const LISTED_MAX = 20;

/** One round as a line. */
export function lineOf(number: number, { scenario, seed, outcome, ms }: Played): string {
  const { verdict, note } = outcome;
  const { sent, acknowledged, refused } = verdict.figures;
  const bad = verdict.violations.length;
  return [
    `${number}`.padStart(5),
    scenario.padEnd(NAME_CHARS),
    `seed ${seed}`.padEnd(16),
    `${sent} sent, ${acknowledged} acknowledged, ${refused} refused`.padEnd(42),
    `${(ms / 1_000).toFixed(1)} s`.padStart(6),
    bad === 0 ? "ok" : `${bad} violations`,
    note,
  ].join("  ");
}

const COLUMNS: Readonly<Record<string, (verdict: Verdict) => number>> = {
  rounds: ({ figures }) => figures.rounds,
  sent: ({ figures }) => figures.sent,
  acknowledged: ({ figures }) => figures.acknowledged,
  refused: ({ figures }) => figures.refused,
  "lost, and said so": ({ figures }) => figures.lostAndSaid,
  lost: (verdict) => count(verdict, "lost"),
  unseen: (verdict) => count(verdict, "unseen"),
  doubled: (verdict) => count(verdict, "doubled"),
  "out of order": (verdict) => count(verdict, "out-of-order"),
  "unexplained holes": (verdict) => count(verdict, "hole"),
  "wrong settings": (verdict) => count(verdict, "setting"),
  other: (verdict) =>
    count(verdict, "differs", "refused-shown", "leaked", "unsettled", "unexpected"),
};

/** The figures of each scenario and of all together, as lines. */
export function tableOf(verdicts: ReadonlyMap<string, Verdict>): string[] {
  const all = sumOf(verdicts);
  const rows = [...verdicts, ["all", all] as const].map(([name, verdict]) => [
    name,
    ...Object.values(COLUMNS).map((figure) => figure(verdict).toLocaleString("en")),
  ]);
  const lines = [["", ...Object.keys(COLUMNS)], ...rows];
  const widths = lines[0]?.map((_, column) => {
    return Math.max(...lines.map((line) => line[column]?.length ?? 0));
  });
  return lines.map(([name = "", ...cells]) => {
    const figures = cells.map((cell, index) => cell.padStart(widths?.[index + 1] ?? 0));
    return [name.padEnd(widths?.[0] ?? 0), ...figures].join("  ");
  });
}

/** All violations as lines, or that all promises held. */
export function verdictOf(verdicts: ReadonlyMap<string, Verdict>): string[] {
  const { figures, violations } = sumOf(verdicts);
  if (violations.length === 0) return [held(figures)];
  const listed = violations.slice(0, LISTED_MAX);
  const more = violations.length - listed.length;
  return [
    `Broken: ${violations.length} violations.`,
    ...listed.map(({ kind, what }) => `  ${RULE_OF[kind]} ${kind}: ${what}`),
    ...(more > 0 ? [`  … and ${more} more`] : []),
  ];
}

function held({ rounds, acknowledged, lostAndSaid }: Figures): string {
  const played = `${rounds.toLocaleString("en")} ${rounds === 1 ? "round" : "rounds"}`;
  const nothing = "0 lost, 0 doubled, 0 out of order, 0 unexplained holes";
  const said = `, ${lostAndSaid.toLocaleString("en")} lost by Redis and everybody told`;
  const all = `${nothing}${lostAndSaid > 0 ? said : ""}`;
  return `Held: ${played}, ${acknowledged.toLocaleString("en")} acknowledged: ${all}.`;
}

/** All verdicts as one. */
export function sumOf(verdicts: ReadonlyMap<string, Verdict>): Verdict {
  return [...verdicts.values()].reduce(together, nothingChecked);
}
