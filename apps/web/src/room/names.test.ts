import { expect, it } from "vitest";
import { learnNames, tagOf } from "./names.ts";

const ada = { id: "aaaa1111", name: "Ada" };
const otherAda = { id: "-b_bbb22", name: "ADA" };

it("distinguishes two members with the same name, regardless of case", () => {
  const names = learnNames(new Map(), [ada, otherAda]);
  expect(tagOf(names, ada)).toBe("#aaaa");
  expect(tagOf(names, otherAda)).toBe("#bbbb");
});

it("gives no tag to a member whose name is unique", () => {
  expect(tagOf(learnNames(new Map(), [ada, ada]), ada)).toBeUndefined();
  expect(tagOf(new Map(), ada)).toBeUndefined();
});

it("tags a new member who is not known yet", () => {
  expect(tagOf(learnNames(new Map(), [ada]), otherAda)).toBe("#bbbb");
});

it("returns the same map if it learnt nothing", () => {
  const names = learnNames(new Map(), [ada]);
  expect(learnNames(names, [ada])).toBe(names);
  expect(learnNames(names, [otherAda])).not.toBe(names);
});
