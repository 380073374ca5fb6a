/** The colours that code is written in. */
export type Ink = "word" | "name" | "string" | "number" | "comment";

/** Which colour a kind of token has, by the first part of its name in highlight.js. */
const INKS: Readonly<Record<string, Ink>> = {
  keyword: "word",
  literal: "word",
  type: "word",
  tag: "word",
  "selector-tag": "word",
  "selector-pseudo": "word",
  meta: "word",
  title: "name",
  attr: "name",
  attribute: "name",
  property: "name",
  built_in: "name",
  name: "name",
  "selector-class": "name",
  "selector-id": "name",
  "template-variable": "name",
  variable: "name",
  symbol: "name",
  string: "string",
  regexp: "string",
  "char.escape": "string",
  link: "string",
  number: "number",
  comment: "comment",
  quote: "comment",
  doctag: "comment",
};

/** @returns undefined for a kind that looks like what is around it */
export function inkOf(scope: string): Ink | undefined {
  return INKS[scope] ?? INKS[scope.split(".")[0] ?? ""];
}
