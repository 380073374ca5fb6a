import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { downPayloads } from "./down-schemas.ts";
import * as limits from "./limits.ts";
import { upPayloads } from "./up.ts";
import { isNewerMajor, PROTOCOL_VERSION } from "./version.ts";

/**
 * The digest of the wire schema of each version. A changed schema needs a new version and a line
 * here.
 */
const published: Record<string, string> = {
  "1.0": "e87e480bdaddcbde",
  "1.1": "7954d98b56216296",
  "1.2": "54a5926c28b62e6e",
  "1.3": "e6a3b42ef0b96860",
  "1.4": "653b3617a544ee53",
  "1.5": "83c56fcb50dcc78a",
  "1.6": "f78388546bc1f2c4",
  "1.7": "c6e17d2d35deb992",
};

it("has the wire schema that its version names", () => {
  const schema = JSON.stringify({ up: upPayloads, down: downPayloads, limits }, describe);
  const digest = createHash("sha256").update(schema).digest("hex").slice(0, 16);
  expect(digest, `the schema changed: raise PROTOCOL_VERSION`).toBe(published[PROTOCOL_VERSION]);
});

/** Keeps what a schema says and drops how valibot stores it. */
function describe(key: string, value: unknown): unknown {
  if (value instanceof RegExp) return String(value);
  if (key.startsWith("~") || key === "expects" || key === "async") return undefined;
  return value;
}

it("counts only a greater major as newer", () => {
  expect(isNewerMajor("2.0")).toBe(true);
  expect(isNewerMajor("10.3")).toBe(true);
  expect(isNewerMajor("1.9")).toBe(false);
  expect(isNewerMajor("0.9")).toBe(false);
  expect(isNewerMajor(undefined)).toBe(false);
  expect(isNewerMajor("soon")).toBe(false);
});
