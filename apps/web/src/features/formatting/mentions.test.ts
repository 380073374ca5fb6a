import { expect, it } from "vitest";
import { mentionsOf } from "./mentions.ts";
import { stepsOf } from "./steps-for-tests.ts";

const found = (name: string, text: string) =>
  mentionsOf(name)(text).map(({ from, to }) => text.slice(from, to));

it.each([
  ["Ada", "Ada, are you there?", ["Ada"]],
  ["Ada", "hey @ada and ADA's hat", ["@ada", "ADA"]],
  ["Ada King", "thanks @Ada King!", ["@Ada King"]],
  ["jo.", "ask jo. (jo.)", ["jo.", "jo."]],
  ["Σωκράτης", "ο ΣΩΚΡΆΤΗΣ ήρθε", ["ΣΩΚΡΆΤΗΣ"]],
  ["Zoë", "merci Zoe\u0308", ["Zoe\u0308"]],
  ["小龙", "谢谢小龙你来了", ["小龙"]],
  ["👩‍🚀", "go 👩‍🚀!", ["👩‍🚀"]],
  ["J", "J asked @j", ["@j"]],
  ["a(b", "so a(b it is", ["a(b"]],
])("finds %s in %j", (name, text, mentions) => {
  expect(found(name, text)).toEqual(mentions);
});

it.each([
  ["Ada", "Adam and Canada, ada_1"],
  ["Ada", "mail x@ada.example"],
  ["Ben", "Bén"],
  ["Jo", "Joe\u0301"],
  ["مر", "مريم"],
  ["a.b", "axb"],
  ["", "anything"],
])("does not find %s in %j", (name, text) => {
  expect(found(name, text)).toEqual([]);
});

it("scans hostile text once", () => {
  for (const [name, sign] of [
    ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "a"],
    ["@@@@@@@@", "@"],
    ["aa", "aa "],
  ] as const) {
    const text = sign.repeat(4_000);
    expect(stepsOf(() => found(name, text)) / text.length).toBeLessThan(5);
  }
});
