import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";

const SOURCE = join(import.meta.dirname, "../src");

/** Utilities of Tailwind that name a side of the screen, after a space, a quote or a variant. */
const PHYSICAL_CLASS =
  /(?<=[\s"'`:!]-?)(?:(?:scroll-)?[pm][lr]|left|right|border-[lr]|rounded-(?:[lr]|[tb][lr]))-[\w[.-]+|(?<=[\s"'`:!])(?:text-(?:left|right)|float-(?:left|right)|border-[lr]|rounded-[lr])(?=[\s"'`!])/g;
/** Properties of CSS that do. Where the device itself has a left and a right, `env()` names them. */
const PHYSICAL_PROPERTY =
  /(?<![\w-])(?:left|right|(?:padding|margin|border)-(?:left|right)[\w-]*|text-align: (?:left|right))(?=\s*:|;)/g;

it("names sides by the direction of the text, so that the page can run from right to left", async () => {
  const files = await readdir(SOURCE, { recursive: true });
  const found: string[] = [];
  for (const file of files) {
    const pattern = file.endsWith(".tsx")
      ? PHYSICAL_CLASS
      : file.endsWith(".css")
        ? PHYSICAL_PROPERTY
        : undefined;
    if (!pattern || file.includes(".test.")) continue;
    const text = await readFile(join(SOURCE, file), "utf8");
    for (const [match] of text.matchAll(pattern)) found.push(`${file}: ${match}`);
  }
  expect(
    found,
    "write start and end: ps-2, me-auto, end-0, text-start, border-s, rounded-e",
  ).toEqual([]);
});

it.each([
  '"ml-2"',
  '"-mr-1"',
  '"sm:pl-3"',
  '"touch:right-[2px]"',
  '"border-l"',
  '"rounded-tl-tip"',
  '"text-left"',
])("finds %s", (text) => {
  expect(text).toMatch(PHYSICAL_CLASS);
});

it.each(['"rounded-lg"', '"border-line"', '"leading-tight"', '"place-items-center"', '"ps-2"'])(
  "passes %s",
  (text) => {
    expect(text.match(PHYSICAL_CLASS)).toBeNull();
  },
);
