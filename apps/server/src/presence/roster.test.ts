import { describe, expect, it } from "vitest";
import { ann, bob } from "../../test/drafts.ts";
import { applied, difference, wantsMore, type RosterChange, type Roster } from "./roster.ts";

const cem = { id: "cem-1", name: "Cem" };
const both: Roster = { number: 7, count: 2, listed: [ann, bob] };
const change = (what: RosterChange["what"], member = cem, number = 8, count = 3): RosterChange => ({
  number,
  count,
  what,
  member,
});

describe("a roster", () => {
  it("takes the next change, and no other", () => {
    expect(applied(both, change("entered"))).toEqual({
      number: 8,
      count: 3,
      listed: [ann, bob, cem],
    });
    expect(applied(both, change("left", ann, 8, 1))).toEqual({
      number: 8,
      count: 1,
      listed: [bob],
    });
    const anna = { ...ann, name: "Anna" };
    expect(applied(both, change("renamed", anna, 8, 2))?.listed).toEqual([anna, bob]);
    expect(applied(both, change("left", ann, 7))).toBe(both);
    expect(applied(both, change("left", ann, 9))).toBeUndefined();
  });

  it("tells what happened between two", () => {
    const after: Roster = { number: 12, count: 2, listed: [{ ...bob, name: "Rob" }, cem] };
    expect(difference(both, after)).toEqual([
      { what: "left", member: ann },
      { what: "entered", member: cem },
      { what: "renamed", member: { ...bob, name: "Rob" } },
    ]);
  });

  it("tells nothing of those who only moved up the list, or out of it", () => {
    const long: Roster = { number: 7, count: 300, listed: [ann, bob] };
    expect(difference(long, { number: 9, count: 300, listed: [ann, cem] })).toEqual([]);
  });

  it("is read again when many of those listed have left", () => {
    expect(wantsMore(both)).toBe(false);
    expect(wantsMore({ ...both, count: 3 })).toBe(true);
    const crowd = Array.from({ length: 160 }, (_, i) => ({ id: `${i}`, name: "x" }));
    expect(wantsMore({ number: 1, count: 1_000, listed: crowd })).toBe(false);
    expect(wantsMore({ number: 1, count: 1_000, listed: crowd.slice(20) })).toBe(true);
  });
});
