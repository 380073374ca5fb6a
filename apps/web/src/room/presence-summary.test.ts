import { describe, expect, it } from "vitest";
import { ada, ben } from "./entries-for-tests.ts";
import { foldChange, type PresenceChange, type PresenceStep } from "./presence-run.ts";
import { summarize } from "./presence-summary.ts";

const run = (...steps: PresenceStep[]) => steps.reduce<readonly PresenceChange[]>(foldChange, []);
const entered = (member = ada): PresenceStep => ({ how: "entered", member });
const left = (member = ada): PresenceStep => ({ how: "left", member });
const renamed = (name: string, was: string): PresenceStep => ({
  how: "renamed",
  member: { ...ada, name },
  was,
});

describe("runs of presence changes", () => {
  it.each([
    ["came", [entered()]],
    ["left", [left()]],
    ["passed", [entered(), left()]],
    ["came", [entered(), left(), entered()]],
    ["returned", [left(), entered()]],
    ["left", [left(), entered(), left()]],
    ["renamed", [renamed("Grace", "Ada")]],
    ["came", [entered(), renamed("Grace", "Ada")]],
    ["left", [renamed("Grace", "Ada"), left()]],
  ] as const)("folds to %s", (outcome, steps) => {
    const folded = run(...steps);
    expect(folded.map((move) => move.outcome)).toEqual([outcome]);
  });

  it("have one place for each member", () => {
    expect(run(entered(ada), entered(ben), left(ada)).map(({ member }) => member.id)).toEqual([
      ben.id,
      ada.id,
    ]);
  });

  it("keep the first name through several changes", () => {
    expect(run(renamed("B", "A"), renamed("C", "B"))[0]).toMatchObject({
      was: "A",
      member: { name: "C" },
    });
  });

  it("say nothing of a name that was changed and changed back", () => {
    expect(summarize(run(renamed("B", "A"), renamed("A", "B")))).toEqual([]);
  });
});

describe("clauses", () => {
  it("names up to three, then counts", () => {
    const people = ["A", "B", "C", "D", "E"].map((name) => ({ id: name, name }));
    const [clause] = summarize(run(...people.map(entered)));
    expect(clause).toMatchObject({ others: 2, what: "came in" });
    expect(clause?.members.map(({ name }) => name)).toEqual(["A", "B", "C"]);
  });

  it("names a fourth rather than saying one other", () => {
    const people = ["A", "B", "C", "D"].map((name) => ({ id: name, name }));
    expect(summarize(run(...people.map(entered)))[0]).toMatchObject({ others: 0 });
  });

  it("separate who joined, who left and who changed their name", () => {
    const cleo = { id: "cleo", name: "Cleo" };
    expect(
      summarize(run(entered(ben), left(cleo), renamed("Grace", "Ada"))).map(({ what }) => what),
    ).toEqual(["came in", "left", "is now"]);
  });
});
