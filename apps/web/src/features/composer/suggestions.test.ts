import { describe, expect, it } from "vitest";
import {
  askedFor,
  closedEmojiAt,
  firstChoice,
  nextChoice,
  queryAt,
  suggestionsFor,
  textOf,
  type Asking,
} from "./suggestions.ts";
import { ada, ben } from "../../room/entries-for-tests.ts";
import { emojiList } from "../emoji/emoji-list.ts";

/** The query at `|`. */
const at = (marked: string) => {
  const caret = marked.indexOf("|");
  return queryAt(marked.replace("|", ""), caret);
};

describe("an emoji", () => {
  it("is searched for after a colon and two characters", () => {
    expect(at("well :smi|")).toEqual({ is: "emoji", from: 5, text: "smi" });
    expect(at(":+1| yes")).toEqual({ is: "emoji", from: 0, text: "+1" });
    expect(at("(:TA|")).toEqual({ is: "emoji", from: 1, text: "TA" });
  });

  it.each([
    ":s|",
    "10:30|",
    "a:bc|",
    "std::vec|",
    ":-)|",
    ":smi le|",
    ":sm|ile",
    "`:smi|",
    "https://a|",
  ])("is not looked for in %s", (marked) => {
    expect(at(marked)).toBeUndefined();
  });

  it("is complete with its second colon", () => {
    expect(closedEmojiAt("go :tada:", 9)).toEqual({ is: "emoji", from: 3, text: "tada" });
    expect(closedEmojiAt("go :tada", 8)).toBeUndefined();
    expect(closedEmojiAt("at 10:30:", 9)).toBeUndefined();
  });
});

describe("a member", () => {
  it("is searched for after an @, with blanks in the name", () => {
    expect(at("@|")).toEqual({ is: "person", from: 0, text: "" });
    expect(at("hi @Ada K|")).toEqual({ is: "person", from: 3, text: "Ada K" });
    expect(at("@ben @zo|")).toEqual({ is: "person", from: 5, text: "zo" });
  });

  it.each(["x@y|", "@a\n|", "`@b|", "@a|b"])("is not searched for in %j", (marked) => {
    expect(at(marked)).toBeUndefined();
  });
});

describe("a command", () => {
  it("is searched for at the very beginning", () => {
    expect(at("/|")).toEqual({ is: "command", from: 0, text: "" });
    expect(at("/sh|")).toEqual({ is: "command", from: 0, text: "sh" });
  });

  it.each([" /|", "a /m|", "/me |", "//m|", "/1|"])("is not searched for in %j", (marked) => {
    expect(at(marked)).toBeUndefined();
  });
});

const query = { is: "person", from: 3, text: "a" } as const;
const chosen: Asking = { is: "asking", query, chosen: 2 };

it("begins with a query, and ends without one", () => {
  expect(askedFor({ is: "idle" }, query)).toEqual({ is: "asking", query });
  expect(askedFor(chosen, undefined)).toEqual({ is: "idle" });
});

it("drops the choice when the query changes", () => {
  expect(askedFor(chosen, { ...query, text: "ad" })).toEqual({
    is: "asking",
    query: { ...query, text: "ad" },
  });
});

it("stays closed for a dismissed query, but not for another", () => {
  const done: Asking = { is: "done", from: 3 };
  expect(askedFor(done, query)).toBe(done);
  expect(askedFor(done, { ...query, from: 9 }).is).toBe("asking");
  expect(askedFor(done, undefined)).toEqual({ is: "idle" });
});

it("wraps around with the arrow keys", () => {
  expect([undefined, 0, 2].map((at) => nextChoice(at, 1, 3))).toEqual([0, 1, 0]);
  expect([undefined, 0, 2].map((at) => nextChoice(at, -1, 3))).toEqual([2, 2, 1]);
});

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
