import { expect, it } from "vitest";
import { isEmojiOnly } from "./emoji-only.ts";

it.each(["👍", "👍🏽👍🏿🏽", "👩‍👩‍👧‍👦 🏳️‍🌈", " 🎉🎉🎉\n", "1️⃣", "🇳🇴🇸🇪"])("takes %s for emoji only", (text) => {
  expect(isEmojiOnly(text)).toBe(true);
});

it.each([
  "",
  " ",
  "ok 👍",
  "1",
  "👍 🇳",
  "🏽‍",
  "👍🏽".repeat(40).concat("x"),
  "👍👍👍👍👍👍👍",
  "🎉".repeat(3000),
])("does not take %s for emoji only", (text) => {
  expect(isEmojiOnly(text)).toBe(false);
});
