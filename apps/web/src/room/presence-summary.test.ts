import { describe, expect, it } from "vitest";
import { ada, ben } from "./entries-for-tests.ts";
import {
  summarize,
  foldChange,
  type PresenceChange,
  type PresenceStep,
} from "./presence-summary.ts";

const run = (...steps: PresenceStep[]) => steps.reduce<readonly PresenceChange[]>(foldChange, []);
const entered = (member = ada): PresenceStep => ({ how: "entered", member });
const left = (member = ada): PresenceStep => ({ how: "left", member });
const renamed = (name: string, was: string): PresenceStep => ({
  how: "renamed",
  member: { ...ada, name },
  was,
});

describe("runs of comings and goings", () => {
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

  it("keeps one place for each person", () => {
    expect(run(entered(ada), entered(ben), left(ada)).map(({ member }) => member.id)).toEqual([
      ben.id,
      ada.id,
    ]);
  });

  it("remembers the first name through several", () => {
    expect(run(renamed("B", "A"), renamed("C", "B"))[0]).toMatchObject({
      was: "A",
      member: { name: "C" },
    });
  });

  it("says nothing of a name that was taken and given back", () => {
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

  it("tells who came, who left and who has another name apart", () => {
    const cleo = { id: "cleo", name: "Cleo" };
    expect(
      summarize(run(entered(ben), left(cleo), renamed("Grace", "Ada"))).map(({ what }) => what),
    ).toEqual(["came in", "left", "is now"]);
  });
});
