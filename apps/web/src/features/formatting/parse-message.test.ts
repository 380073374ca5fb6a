import { describe, expect, it } from "vitest";
import { parseMessage } from "./parse-message.ts";
import { plainText, type Block, type Inline } from "./tree.ts";

/** Inline parts in short: `<strong …>` for a style, `<code …>`, `<link …>`, and text as it is. */
const inline = (parts: readonly Inline[]): string =>
  parts
    .map((part) => {
      if (part.is === "text") return part.text;
      if (part.is === "code") return `<code ${part.text}>`;
      if (part.is === "link") return `<link ${part.address}>`;
      return `<${part.is} ${inline(part.parts)}>`;
    })
    .join("");
const line = (text: string) => {
  const [block, ...more] = parseMessage(text);
  if (block?.is !== "paragraph" || more.length > 0) throw new Error("This is no paragraph.");
  return inline(block.parts);
};
/** Blocks in short: a paragraph is its text, any other block its kind and content. */
const short = (blocks: readonly Block[]): unknown[] =>
  blocks.map((block) => {
    if (block.is === "paragraph") return inline(block.parts);
    if (block.is === "quote") return { quote: short(block.blocks) };
    if (block.is === "code-block") return { code: block.text, in: block.language };
    return block.items.map(({ number, blocks }) => [number ?? "•", ...short(blocks)]);
  });
const blocks = (text: string) => short(parseMessage(text));

describe("styles", () => {
  it.each([
    ["*a* _b_", "<emphasis a> <emphasis b>"],
    ["**a** __b__", "<strong a> <strong b>"],
    ["~~a~~", "<strike a>"],
    ["***a***", "<strong <emphasis a>>"],
    ["**a *b***", "<strong a <emphasis b>>"],
    ["*a **b***", "<emphasis a <strong b>>"],
    ["*a **b** c*", "<emphasis a <strong b> c>"],
    ["(*a*), *b*!", "(<emphasis a>), <emphasis b>!"],
    ["**a\nb**", "<strong a\nb>"],
    ["这是**重点**内容", "这是<strong 重点>内容"],
    ["*a *b*", "*a <emphasis b>"],
    ["*a _b* c_", "<emphasis a _b> c_"],
    ["**a*", "**a*"],
    ["**bold***", "<strong bold>*"],
  ])("of %j are %s", (text, expected) => {
    expect(line(text)).toBe(expected);
  });

  it.each([
    "2 * 3 * 4",
    "2*3*4",
    "snake_case_name",
    "a ** b ** c",
    "**** ~~~~",
    "~5 or ~6",
    "¯\\_(ツ)_/¯",
    "*a\n\nb*",
    "*",
    "****a****",
  ])("are not in %j", (text) => {
    expect(line(text)).toBe(text);
  });
});

describe("code in a line", () => {
  it.each([
    ["`a`", "<code a>"],
    ["`**a** https://b.example`", "<code **a** https://b.example>"],
    ["`` a`b ``", "<code a`b>"],
    ["**`a`**", "<strong <code a>>"],
    ["*a `b* c`", "*a <code b* c>"],
    ["```a``` b", "<code a> b"],
    ["`a", "`a"],
    ["``a`", "``a`"],
    ["` `", "` `"],
  ])("of %j is %s", (text, expected) => {
    expect(line(text)).toBe(expected);
  });
});

describe("links", () => {
  it("can be inside styles, and keep their own signs", () => {
    expect(line("**see https://a.example/x_y_z**")).toBe(
      "<strong see <link https://a.example/x_y_z>>",
    );
    expect(line("_https://a.example/_")).toBe("<emphasis <link https://a.example/>>");
  });

  it("always show where they lead", () => {
    expect(line("[bank](https://a.example)")).toBe("[bank](<link https://a.example>)");
    expect(line("![x](https://a.example/x.png)")).toBe("![x](<link https://a.example/x.png>)");
  });
});

describe("lines", () => {
  it("stay as they were, including blank ones and blanks", () => {
    expect(line("a\n  b\n\n\nc")).toBe("a\n  b\n\n\nc");
    expect(line("a\r\nb")).toBe("a\nb");
  });

  it("are never HTML", () => {
    expect(line("<b>a</b> &amp; <script>")).toBe("<b>a</b> &amp; <script>");
  });
});

describe("code between fences", () => {
  it("has its language, and its lines unchanged", () => {
    expect(blocks("look:\n```TS\nlet a = `*b*`;\n\n  c\n```\nnice")).toEqual([
      "look:",
      { code: "let a = `*b*`;\n\n  c", in: "ts" },
      "nice",
    ]);
  });

  it("may have no language, code beside the fence, or no end", () => {
    expect(blocks("```\na\n```")).toEqual([{ code: "a", in: undefined }]);
    expect(blocks("```let a = 1;\nb```")).toEqual([{ code: "let a = 1;\nb", in: undefined }]);
    expect(blocks("```\na\n\nb")).toEqual([{ code: "a\n\nb", in: undefined }]);
  });

  it("may contain shorter fences", () => {
    expect(blocks("````\n```\na\n```\n````")).toEqual([{ code: "```\na\n```", in: undefined }]);
  });

  it("must not be empty", () => {
    expect(blocks("```\n```")).toEqual(["```\n```"]);
  });
});

describe("quotes", () => {
  it("have the text of each line after its mark", () => {
    expect(blocks("> a\n>b *c*\n>\n> d\ne")).toEqual([{ quote: ["a\nb <emphasis c>\n\nd"] }, "e"]);
  });

  it("may contain quotes, lists and code", () => {
    expect(blocks("> > a\n> b\n> - c\n> ```\n> d\n> ```")).toEqual([
      { quote: [{ quote: ["a"] }, "b", [["•", "c"]], { code: "d", in: undefined }] },
    ]);
  });

  it.each([">:(", ">_>", ">.<", ">", "a > b", ">\n>"])("are not in %j", (text) => {
    expect(blocks(text)).toEqual([text]);
  });
});

describe("lists", () => {
  it("have bullets or the written numbers", () => {
    expect(blocks("- a\n- b")).toEqual([
      [
        ["•", "a"],
        ["•", "b"],
      ],
    ]);
    expect(blocks("3. a\n7. b")).toEqual([
      [
        [3, "a"],
        [7, "b"],
      ],
    ]);
  });

  it("may contain indented lines and lists", () => {
    expect(blocks("- a\n  more\n  - b\n  - c\n- d")).toEqual([
      [
        [
          "•",
          "a\nmore",
          [
            ["•", "b"],
            ["•", "c"],
          ],
        ],
        ["•", "d"],
      ],
    ]);
  });

  it("may have blank lines between their entries", () => {
    expect(blocks("1. a\n\n2. b\n\nc")).toEqual([
      [
        [1, "a"],
        [2, "b"],
      ],
      "c",
    ]);
  });

  it("end at another kind of list, or at a line without indent", () => {
    expect(blocks("- a\n* b\nc")).toEqual([[["•", "a"]], [["•", "b"]], "c"]);
  });

  it.each(["-a", "- ", "-", "2026. A year", "*a*"])("are not in %j", (text) => {
    expect(parseMessage(text)[0]?.is).toBe("paragraph");
  });
});

describe("a message without its markers", () => {
  it("is the plain text of its lines", () => {
    expect(plainText(parseMessage("**a** `b`\n> c\n1. d\n2. e\n```\nf\n```"))).toBe(
      "a b\nc\n1. d\n2. e\nf",
    );
  });
});
