import { expect, it } from "vitest";
import { partnerNow } from "./partner.ts";

const self = { id: "self", name: "Cem" };
const ada = { id: "ada", name: "Ada" };
const roomWith = (...others: { id: string; name: string }[]) => ({
  people: { self, members: [self, ...others], count: 1 + others.length },
  lastNames: new Map([["ada", "Ada"]]),
});

it("knows a partner by id, with the present name", () => {
  const renamed = { id: "ada", name: "Countess" };
  expect(partnerNow(roomWith(renamed), ada)).toEqual({
    member: renamed,
    isHere: true,
    namesake: undefined,
  });
  expect(partnerNow(roomWith(), { id: "ada", name: "An old name" })).toEqual({
    member: ada,
    isHere: false,
    namesake: undefined,
  });
});

it("names another member of that name only while the partner is not here", () => {
  const other = { id: "x9f2", name: "ada" };
  expect(partnerNow(roomWith(other), ada)).toMatchObject({ isHere: false, namesake: other });
  expect(partnerNow(roomWith(ada, other), ada).namesake).toBeUndefined();
});
