import { describe, expect, it } from "vitest";
import * as v from "valibot";
import { canonicalEmoji, Emoji } from "./emoji.ts";

const PICTURE = "\ufe0f";
const bare = (emoji: string) => emoji.replaceAll(PICTURE, "");
const taken = (text: string) => {
  const result = v.safeParse(Emoji, text);
  return result.success ? result.output : result.issues[0].message;
};

/** Every emoji of one character, of a character and a selector, with a skin tone, and keycaps. */
const simple: readonly string[] = (() => {
  const isEmoji = /^\p{RGI_Emoji}$/v;
  const all: string[] = [];
  for (let point = 0; point <= 0x1_ffff; point += 1) {
    const character = String.fromCodePoint(point);
    if (!/\p{Emoji}/u.test(character)) continue;
    const forms = ["", PICTURE, `${PICTURE}\u20e3`, "🏻", "🏿"].map((end) => character + end);
    all.push(...forms.filter((form) => isEmoji.test(form)));
  }
  return all;
})();

const joined = [
  "❤️‍🔥",
  "❤️‍🩹",
  "⛓️‍💥",
  "☠️",
  "🏴‍☠️",
  "🏳️‍🌈",
  "🏳️‍⚧️",
  "👁️‍🗨️",
  "👩‍❤️‍👨",
  "👩🏽‍❤️‍💋‍👨🏻",
  "🕵️‍♂️",
  "🕵🏽‍♀️",
  "🏋️‍♀️",
  "🧑‍⚕️",
  "🧑🏿‍✈️",
  "🏃‍♀️‍➡️",
  "🙂‍↕️",
  "🐻‍❄️",
  "👨‍👩‍👧‍👦",
  "🇳🇴",
  "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
];

describe("an emoji", () => {
  it("is the same reaction with its selectors and without", () => {
    expect(simple.length).toBeGreaterThan(1_600);
    for (const emoji of [...simple, ...joined]) {
      expect(taken(emoji), emoji).toBe(emoji);
      expect(taken(bare(emoji)), emoji).toBe(emoji);
    }
  });

  it("may have a selector that it does not need", () => {
    for (const [sent, stored] of [
      ["❤", "❤️"],
      ["⭐️", "⭐"],
      ["👍️", "👍"],
      ["☝️🏽", "☝🏽"],
      ["👩️‍❤‍👨️", "👩‍❤️‍👨"],
      ["1⃣", "1️⃣"],
      ["❤️️", "❤️"],
    ] as const) {
      expect(taken(sent), sent).toBe(stored);
    }
  });

  it.each(["", PICTURE, "1", "#", "1️", "❤❤", "❤︎", "a️", "👍👍", "🏽‍", "\u200d", "🇳", "thumbs"])(
    "is not %j",
    (text) => {
      expect(taken(text)).toBe("bad_emoji");
    },
  );

  it("is checked only when it is short", () => {
    expect(taken("👍".repeat(17))).toBe("bad_emoji");
    expect(taken(`👍${PICTURE.repeat(30)}`)).toBe("👍");
    expect(taken(`👍${PICTURE.repeat(31)}`)).toBe("bad_emoji");
  });

  it("is not changed when it is canonical", () => {
    for (const emoji of ["❤", "❤️", "1⃣", "not an emoji"]) {
      const once = canonicalEmoji(emoji);
      expect(canonicalEmoji(once)).toBe(once);
    }
  });
});
