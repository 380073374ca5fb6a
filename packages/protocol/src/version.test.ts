import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { downPayloads } from "./down.ts";
import * as limits from "./limits.ts";
import { upPayloads } from "./up.ts";
import { PROTOCOL_VERSION } from "./version.ts";

/** The digest of the wire schema of each version. A changed schema needs a new version and a line. */
const published: Record<number, string> = { 1: "e87e480bdaddcbde" };

it("has the wire schema that its version names", () => {
  const schema = JSON.stringify({ up: upPayloads, down: downPayloads, limits }, describe);
  const digest = createHash("sha256").update(schema).digest("hex").slice(0, 16);
  expect(digest, `the schema changed: raise PROTOCOL_VERSION`).toBe(published[PROTOCOL_VERSION]);
});

/** Keeps what a schema says and drops how the library holds it. */
function describe(key: string, value: unknown): unknown {
  if (value instanceof RegExp) return String(value);
  if (key.startsWith("~") || key === "expects" || key === "async") return undefined;
  return value;
}
