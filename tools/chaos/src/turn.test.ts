import { describe, expect, it } from "vitest";
import { seedAfter } from "./chance.ts";
import { nothingChecked, type Verdict } from "./checker/verdict.ts";
import { lineOf, tableOf, verdictOf } from "./report.ts";
import { unexpected, type Outcome, type Round, type Scenario } from "./scenarios/scenario.ts";
import { playTurn, type Played } from "./turn.ts";

const FIGURES = { rounds: 1, sent: 1_200, acknowledged: 1_199, refused: 3, lostAndSaid: 2 };
const well: Verdict = { figures: FIGURES, violations: [] };

function scenarioOf(
  play: (round: Round) => Promise<Outcome>,
  atTheEnd: Verdict["violations"] = [],
): Scenario {
  const stage = { play, finish: async () => atTheEnd };
  return { name: "test", about: "a test", rounds: 1, open: async () => stage };
}

async function turn(scenario: Scenario, rounds: number, isOver = () => false) {
  const played: Played[] = [];
  const onPlayed = (round: Played) => void played.push(round);
  const verdict = await playTurn({ scenario, rounds, seed: 5, isOver, onPlayed });
  return { played, verdict };
}

describe("a run of one scenario", () => {
  it("plays its rounds, each with the next seed and an unused room", async () => {
    const rooms: string[] = [];
    const scenario = scenarioOf(async ({ roomId }) => {
      rooms.push(roomId);
      return { verdict: well, note: "" };
    });
    const { played, verdict } = await turn(scenario, 3);
    expect(played.map(({ seed }) => seed)).toEqual([5, seedAfter(5), seedAfter(seedAfter(5))]);
    expect(new Set(rooms).size).toBe(3);
    expect(verdict.figures).toEqual({
      rounds: 3,
      sent: 3_600,
      acknowledged: 3_597,
      refused: 9,
      lostAndSaid: 6,
    });
    expect(verdict.violations).toEqual([]);
  });

  it("counts a round that throws as a violation, and continues", async () => {
    const scenario = scenarioOf(() => Promise.reject(new Error("no server")));
    const { verdict } = await turn(scenario, 2);
    expect(verdict.figures.rounds).toBe(2);
    expect(verdict.violations).toHaveLength(2);
    expect(verdict.violations[0]?.what).toContain("no server");
  });

  it("adds what is found at the end", async () => {
    const scenario = scenarioOf(async () => ({ verdict: well, note: "" }), [unexpected("late")]);
    expect((await turn(scenario, 1)).verdict.violations).toEqual([unexpected("late")]);
  });

  it("stops when its time is over", async () => {
    const scenario = scenarioOf(async () => ({ verdict: well, note: "" }));
    expect((await turn(scenario, 3, () => true)).verdict).toEqual(nothingChecked);
  });
});

describe("the report", () => {
  const broken: Verdict = {
    figures: FIGURES,
    violations: [
      { kind: "lost", what: "Anna: one" },
      { kind: "doubled", what: "Ben: two" },
      { kind: "doubled", what: "Ben: three" },
      { kind: "out-of-order", what: "Ben: four" },
      { kind: "hole", what: "Ben: five" },
      { kind: "unseen", what: "Ben: six" },
      { kind: "differs", what: "Ben: seven" },
      { kind: "setting", what: "one: eight" },
    ],
  };
  const HEADINGS = [
    "rounds",
    "sent",
    "acknowledged",
    "refused",
    "lost, and said so",
    "lost",
    "unseen",
    "doubled",
  ].concat(["out of order", "unexplained holes", "wrong settings", "other"]);
  const verdicts = new Map([
    ["good", well],
    ["bad", broken],
  ]);

  it("has a line for a round, with its seed", () => {
    const round = {
      scenario: "good",
      seed: 42,
      outcome: { verdict: well, note: "quiet" },
      ms: 1_234,
    };
    const line = lineOf(7, round);
    expect(line).toMatch(
      /7 {2}good +seed 42 +1200 sent, 1199 acknowledged, 3 refused +1\.2 s {2}ok {2}quiet/,
    );
    expect(lineOf(8, { ...round, outcome: { verdict: broken, note: "" } })).toContain(
      "8 violations",
    );
  });

  it("has the figures of each scenario, and of all", () => {
    const rows = tableOf(verdicts).map((row) => row.trim().split(/ {2,}/));
    expect(rows).toEqual([
      HEADINGS,
      ["good", "1", "1,200", "1,199", "3", "2", "0", "0", "0", "0", "0", "0", "0"],
      ["bad", "1", "1,200", "1,199", "3", "2", "1", "1", "2", "1", "1", "1", "1"],
      ["all", "2", "2,400", "2,398", "6", "4", "1", "1", "2", "1", "1", "1", "1"],
    ]);
  });

  it("says that all promises held, with figures, or which broke", () => {
    expect(verdictOf(new Map([["good", well]]))).toEqual([
      "Held: 1 round, 1,199 acknowledged: 0 lost, 0 doubled, 0 out of order, 0 unexplained holes, 2 lost by Redis and everybody told.",
    ]);
    const kept = { ...well, figures: { ...FIGURES, lostAndSaid: 0 } };
    expect(verdictOf(new Map([["kept", kept]]))).toEqual([
      "Held: 1 round, 1,199 acknowledged: 0 lost, 0 doubled, 0 out of order, 0 unexplained holes.",
    ]);
    const lines = verdictOf(verdicts);
    expect(lines[0]).toBe("Broken: 8 violations.");
    expect(lines).toContain("  A lost: Anna: one");
    expect(lines).toContain("  C hole: Ben: five");
  });
});
