import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";

const read = (path: string) => readFile(new URL(path, import.meta.url), "utf8");

it("is listed in README: every variable, and no other", async () => {
  const [readme, config] = await Promise.all([read("../../../README.md"), read("config.ts")]);
  const rows = readme.split("\n").filter((line) => /^\| `[A-Z_]+`/.test(line));
  const listed = rows.flatMap((row) => row.split("|")[1]?.match(/[A-Z_]+/g) ?? []);
  const [, variables = ""] = /const Environment = v\.object\(\{\n(.*?)\n\}\);/s.exec(config) ?? [];
  const taken = variables.match(/^ {2}[A-Z_]+(?=:)/gm)?.map((name) => name.trim()) ?? [];
  expect(taken.length).toBeGreaterThan(0);
  expect(listed.toSorted()).toEqual(taken.toSorted());
});
