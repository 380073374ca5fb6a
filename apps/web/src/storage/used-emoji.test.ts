import { expect, it } from "vitest";
import { fakeTextStore } from "./fake-storage.ts";
import { countEmoji, storedUsedEmoji } from "./used-emoji.ts";

it("puts the most used first, and the latest among equally used ones", () => {
  const texts = fakeTextStore();
  for (const emoji of ["🎉", "👍", "🚀", "👍"]) countEmoji(emoji, texts);
  expect(
    storedUsedEmoji(texts)
      .read()
      .map(({ emoji }) => emoji),
  ).toEqual(["👍", "🚀", "🎉"]);
});

it("counts only a limited number", () => {
  const texts = fakeTextStore();
  for (let code = 0; code < 200; code += 1) countEmoji(String.fromCodePoint(0x1f600 + code), texts);
  expect(storedUsedEmoji(texts).read()).toHaveLength(60);
});
