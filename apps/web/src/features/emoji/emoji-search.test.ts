import { expect, it } from "vitest";
import { emojiList } from "./emoji-list.ts";
import { findEmoji, QUICK_EMOJI } from "./emoji-search.ts";

const found = (text: string) => findEmoji(emojiList, text).map(({ emoji }) => emoji);

it("finds by name, by other words, and by several", () => {
  expect(found("tada")).toEqual(["🎉"]);
  expect(found("party")).toContain("🎉");
  expect(found("Heart eyes")).toEqual(["😍", "😻"]);
  expect(found("nothing like it")).toEqual([]);
});

it("puts an exact name first, then names that begin with the query", () => {
  expect(found("heart")[0]).toBe("❤️");
  expect(found("Sun")[0]).toBe("☀️");
  expect(found("wave")[0]).toBe("👋");
  expect(found("love")[0]).toBe("🥰");
  expect(found("cat")[0]).toBe("🐱");
});

it("finds everything for an empty query", () => {
  expect(found("")).toHaveLength(emojiList.length);
});

it("finds an emoji by itself, listed or not", () => {
  expect(found("🎉")).toEqual(["🎉"]);
  expect(found(" 🦥 ")).toEqual(["🦥"]);
  expect(found("👩🏽‍🚀")).toEqual(["👩🏽‍🚀"]);
  expect(found("\u2764")).toEqual(["❤️"]);
  expect(found("\u2602")).toEqual(["☂️"]);
});

it("offers no emoji that the server would refuse", () => {
  for (const { emoji } of emojiList) expect(emoji).toMatch(/^\p{RGI_Emoji}$/v);
  const listed = emojiList.map(({ emoji }) => emoji);
  for (const emoji of QUICK_EMOJI) expect(listed).toContain(emoji);
});
