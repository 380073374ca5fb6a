import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { Name } from "./member.ts";
import { canonicalName } from "./name.ts";

describe("a name", () => {
  it.each(
    Array.from("\u061c\u200e\u200f\u202a\u202e\u2066\u2067\u2068\u2069\u0000\u001f\u007f\u009f"),
  )("loses %j", (sign) => {
    expect(v.parse(Name, `A${sign}da`)).toBe("Ada");
  });

  it.each(Array.from("\u115f\u1160\u3164\uffa0\u2800\u200b\u0301\u00a0"))(
    "is not made of %j alone",
    (sign) => {
      expect(v.is(Name, sign.repeat(3))).toBe(false);
    },
  );
});

it.each([
  "Ada",
  "  e\u0301va  ",
  "A\u200eda",
  "",
  " ",
  "\u200b",
  "\ud800",
  "x".repeat(32),
  "x".repeat(33),
  "x".repeat(5_000),
  "🎉".repeat(32),
])("gives %j the form that the schema gives, without loading it", (text) => {
  const parsed = v.safeParse(Name, text);
  expect(canonicalName(text)).toBe(parsed.success ? parsed.output : undefined);
});
