import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { edited, EMPTY, inserted, textOf, type Edit, type EditedLine } from "./line-editor.ts";
import { LineHistory } from "./line-history.ts";
import { viewOf } from "./line-view.ts";

const FAMILY = "👩‍👩‍👧";
const line = (text: string): EditedLine => {
  const [before = "", after = ""] = text.split("|");
  return { before, after };
};

describe("line editing", () => {
  it.each<[Edit, string, string]>([
    ["left", `a${FAMILY}|b`, `a|${FAMILY}b`],
    ["left", "|a", "|a"],
    ["right", `a|${FAMILY}b`, `a${FAMILY}|b`],
    ["word left", "one two  |", "one |two  "],
    ["word right", "one| two three", "one two| three"],
    ["start", "one|two", "|onetwo"],
    ["end", "one|two", "onetwo|"],
    ["delete left", `a${FAMILY}|b`, "a|b"],
    ["delete left", "e\u0301|", "|"],
    ["delete right", `a|${FAMILY}b`, "a|b"],
    ["delete word", "one two |x", "one |x"],
    ["delete to start", "one|two", "|two"],
    ["delete to end", "one|two", "one|"],
  ])("%s makes %s to %s", (edit, from, to) => {
    expect(edited(line(from), edit)).toEqual(line(to));
  });

  it("inserts text at the cursor", () => {
    expect(inserted(line("a|c"), "b")).toEqual(line("ab|c"));
    expect(textOf(line("a|b"))).toBe("ab");
  });

  it("goes back through the entered lines, and to the one being typed", () => {
    const history = new LineHistory();
    for (const text of ["one", "two", "two"]) history.add(text);
    expect([history.older("typed"), history.older("two"), history.older("one")]).toEqual([
      "two",
      "one",
      undefined,
    ]);
    expect([history.newer(), history.newer(), history.newer()]).toEqual([
      "two",
      "typed",
      undefined,
    ]);
  });
});

describe("the row of a line", () => {
  it("shows all of a line that fits, with the cursor after wide characters", () => {
    expect(viewOf("Ada> ", line("你好|!"), 80)).toEqual({
      prompt: "Ada> ",
      text: "你好!",
      cursor: 9,
    });
    expect(viewOf("", line(`${FAMILY}|`), 80).cursor).toBe(2);
    expect(viewOf("> ", line("a\nb\t|"), 80).text).toBe("a⏎b ");
  });

  it("never fills the row, and never loses the cursor", () => {
    const texts = ["x".repeat(300), "你".repeat(150), `a${FAMILY}`.repeat(60), ""];
    for (const columns of [1, 2, 5, 19, 20, 21, 80]) {
      for (const text of texts) {
        for (const at of [0, 1, text.length >> 1, text.length]) {
          const view = viewOf(
            "somebody> ",
            { before: text.slice(0, at), after: text.slice(at) },
            columns,
          );
          expect(stringWidth(view.prompt) + stringWidth(view.text)).toBeLessThan(
            Math.max(2, columns),
          );
          expect(view.cursor).toBeLessThan(columns);
        }
      }
    }
  });

  it("cuts a prompt of half the row", () => {
    expect(viewOf("somebody with a long name> ", EMPTY, 30).prompt).toBe("somebody with …");
  });
});
