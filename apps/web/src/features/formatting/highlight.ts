import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import css from "highlight.js/lib/languages/css";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import python from "highlight.js/lib/languages/python";
import sql from "highlight.js/lib/languages/sql";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";
import type { Language } from "./languages.ts";

/** A span of code and its colour; no colour for plain code. */
export interface Stretch {
  readonly text: string;
  readonly ink?: Ink;
}

const grammars = { bash, css, javascript, json, python, sql, typescript, xml };
for (const [name, grammar] of Object.entries(grammars)) hljs.registerLanguage(name, grammar);

/** Collects spans from highlight.js, which by itself would write HTML. */
class Stretches {
  readonly stretches: Stretch[] = [];
  /** The colours of the open token kinds, the innermost last. */
  readonly #inks: (Ink | undefined)[] = [];

  startScope(name: string): void {
    // Code inside a string looks like code.
    this.#inks.push(name === "subst" ? undefined : (inkOf(name) ?? this.#inks.at(-1)));
  }

  endScope(): void {
    this.#inks.pop();
  }

  /** The library calls it by this name, too. */
  openNode(name: string): void {
    this.startScope(name);
  }

  closeNode(): void {
    this.endScope();
  }

  addText(text: string): void {
    const ink = this.#inks.at(-1);
    const last = this.stretches.at(-1);
    if (last && last.ink === ink) this.stretches.pop();
    const joined = last?.ink === ink ? (last?.text ?? "") + text : text;
    this.stretches.push({ text: joined, ...(ink === undefined ? {} : { ink }) });
  }

  /** Code of an embedded language, such as a style sheet in a page. */
  __addSublanguage(inner: Stretches): void {
    this.stretches.push(...inner.stretches);
  }

  finalize(): void {}

  toHTML(): string {
    return "";
  }
}
hljs.configure({ __emitter: Stretches });

/** The most spans of one piece of code; each is an element. */
const STRETCHES_MAX = 2_000;

/**
 * Splits code into spans of one colour; together they are the code. Runs in a worker, because the
 * library takes seconds for some code. Code that it cannot read, or that would take too many spans,
 * stays plain.
 */
export function highlight(code: string, language: Language): readonly Stretch[] {
  const { _emitter: emitter, errorRaised } = hljs.highlight(code, {
    language,
    ignoreIllegals: true,
  });
  return errorRaised === undefined &&
    emitter instanceof Stretches &&
    emitter.stretches.length <= STRETCHES_MAX
    ? emitter.stretches
    : [{ text: code }];
}

/** The colours of code. */
export type Ink = "word" | "name" | "string" | "number" | "comment";

/** The colour of a kind of token, by the first part of its name in highlight.js. */
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
function inkOf(scope: string): Ink | undefined {
  return INKS[scope] ?? INKS[scope.split(".")[0] ?? ""];
}
