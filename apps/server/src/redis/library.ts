import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** How many characters of its digest name a version of a library. */
const VERSION_CHARS = 12;

/** Lua functions that run within Redis. */
export interface Library {
  readonly code: string;
  /** The name under which Redis knows one of its functions. */
  name(functionName: string): string;
}

/**
 * Reads a library. Its version is a digest of its code and part of every name, so that servers of
 * two releases can share one Redis while a host replaces them one by one.
 */
export function readLibrary(name: string, file: URL): Library {
  const source = readFileSync(file, "utf8");
  const version = createHash("sha256").update(source).digest("hex").slice(0, VERSION_CHARS);
  return {
    code: `#!lua name=parley_${name}_${version}\n${source.replaceAll("_VERSION", `_${version}`)}`,
    name: (functionName) => `${functionName}_${version}`,
  };
}
