import { expect, it } from "vitest";
import { addressed } from "./addressed.ts";

const ada = { id: "ada1-x", name: "Ada" };
const lovelace = { id: "love", name: "Ada Lovelace" };
const [ben, otherBen] = [
  { id: "b-en1", name: "Ben" },
  { id: "zzz9", name: "ben" },
];

it("finds the longest name, regardless of case, and the text after it", () => {
  expect(addressed("ada hello", [ada, lovelace])).toEqual({
    is: "found",
    member: ada,
    text: "hello",
  });
  expect(addressed("@Ada Lovelace  hi\nthere", [ada, lovelace])).toMatchObject({
    member: lovelace,
    text: "hi\nthere",
  });
  expect(addressed("ada", [ada])).toMatchObject({ member: ada, text: "" });
});

it("refuses a name that nobody has, or two have, unless a tag says who", () => {
  expect(addressed("Adam hello", [ada])).toMatchObject({ is: "refused" });
  expect(addressed("  ", [ada])).toMatchObject({ is: "refused" });
  const two = addressed("Ben hello", [ben, otherBen]);
  expect(two).toMatchObject({ is: "refused" });
  expect(two.is === "refused" && two.why).toContain("Ben #ben1, Ben #zzz9");
  expect(addressed("Ben #zzz9 hello", [ben, otherBen])).toEqual({
    is: "found",
    member: otherBen,
    text: "hello",
  });
  expect(addressed("Ben", [{ ...ben, hook: true }])).toMatchObject({ is: "refused" });
});
