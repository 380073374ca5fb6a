import { describe, expect, it } from "vitest";
import { ada, ben } from "../../room/entries-for-tests.ts";
import { emojiList } from "../emoji/emoji-list.ts";
import { firstChoice, suggestionsFor, textOf } from "./suggestions.ts";

const king = { id: "k", name: "Ada King" };
const zoe = { id: "z", name: "Zoë van Ada" };
const known = { others: [ben, ada, king, zoe], emoji: emojiList };
const texts = (is: "emoji" | "person" | "command", text: string) =>
  suggestionsFor({ is, from: 0, text }, known).map(textOf);
const choice = (is: "emoji" | "person" | "command", text: string) => {
  const query = { is, from: 0, text };
  return firstChoice(query, suggestionsFor(query, known));
};

describe("suggestions", () => {
  it("of emoji: names that begin with the query, then other words for them", () => {
    expect(texts("emoji", "tada")).toEqual(["🎉 "]);
    expect(texts("emoji", "+1")).toEqual(["👍 "]);
    expect(texts("emoji", "PAR").slice(0, 2)).toEqual(["🥳 ", "⛅ "]);
    expect(texts("emoji", "hooray")).toContain("🎉 ");
    expect(texts("emoji", "ca").length).toBe(8);
    expect(texts("emoji", "qqq")).toEqual([]);
  });

  it("of members: without regard to case and accents, also by a later name", () => {
    expect(texts("person", "")).toEqual(["@Ben ", "@Ada ", "@Ada King ", "@Zoë van Ada "]);
    expect(texts("person", "ada")).toEqual(["@Ada ", "@Ada King ", "@Zoë van Ada "]);
    expect(texts("person", "zoe")).toEqual(["@Zoë van Ada "]);
    expect(texts("person", "ada k")).toEqual(["@Ada King "]);
    expect(texts("person", "ben how are you")).toEqual([]);
  });

  it("of commands", () => {
    expect(texts("command", "")).toEqual(["/me ", "/name ", "/w ", "/shrug", "/help"]);
    expect(texts("command", "S")).toEqual(["/shrug"]);
  });
});

describe("Enter takes the first suggestion", () => {
  it("once something was typed", () => {
    expect(choice("emoji", "smi")).toBe(0);
    expect(choice("person", "be")).toBe(0);
    expect(choice("command", "he")).toBe(0);
  });

  it("but sends if nothing was typed yet, or what was typed is complete", () => {
    expect(choice("person", "")).toBeUndefined();
    expect(choice("command", "")).toBeUndefined();
    expect(choice("person", "BEN")).toBeUndefined();
    expect(choice("person", "Ada ")).toBeUndefined();
    expect(choice("command", "me")).toBeUndefined();
    expect(choice("person", "nobody")).toBeUndefined();
  });
});

describe("the list of emoji", () => {
  it("has a unique emoji and name in every entry", () => {
    for (const { emoji, name, words } of emojiList) {
      expect(emoji, name).toMatch(/^\p{RGI_Emoji}$/v);
      for (const word of [name, ...words]) expect(word).toMatch(/^[a-z0-9_+-]{1,30}$/);
    }
    expect(new Set(emojiList.map(({ name }) => name)).size).toBe(emojiList.length);
    expect(new Set(emojiList.map(({ emoji }) => emoji)).size).toBe(emojiList.length);
    expect(emojiList.length).toBeGreaterThan(300);
  });
});
