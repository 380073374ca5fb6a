import { expect, it } from "vitest";
import { isShared, sharedNames, tagOf } from "./names.ts";

const ada = { id: "aaaa1111", name: "Ada" };
const otherAda = { id: "-b_bbb22", name: "ADA" };
const ben = { id: "cccc3333", name: "Ben" };

it("finds the names that two members share, regardless of case", () => {
  const shared = sharedNames([ada, ben, otherAda]);
  expect(isShared(shared, "ada")).toBe(true);
  expect(isShared(shared, "Ben")).toBe(false);
});

it("takes a member who is listed twice for one", () => {
  expect(isShared(sharedNames([ada, ada]), "Ada")).toBe(false);
});

it("distinguishes members by letters and digits of their ids", () => {
  expect(tagOf(ada)).toBe("#aaaa");
  expect(tagOf(otherAda)).toBe("#bbbb");
});
