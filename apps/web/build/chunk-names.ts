import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";

const WEB = join(import.meta.dirname, "..");

/** Files that stay the same over most updates, or that the page names: they have a hash of their own. */
const BY_CONTENT = /^(?:react|join|room)$/;
/** Characters of a version: enough to tell two builds apart. */
const VERSION_CHARS = 8;

/**
 * Names the files of the build. The many small parts have one version in common, that of all sources:
 * what loads them repeats it, which compresses well, instead of a hash for each.
 * @param sources the folders and files that the build reads, as seen from this package
 */
export function chunkNames(sources: readonly string[]): (chunk: { name: string }) => string {
  const digest = createHash("sha256");
  for (const source of sources) {
    const path = join(WEB, source);
    for (const file of filesIn(path)) {
      digest.update(relative(path, file)).update(readFileSync(file));
    }
  }
  const version = digest.digest("hex").slice(0, VERSION_CHARS);
  return ({ name }) => `assets/[name]-${BY_CONTENT.test(name) ? "[hash]" : version}.js`;
}

function filesIn(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  const entries = readdirSync(path, { recursive: true, encoding: "utf8" }).toSorted();
  return entries.map((entry) => join(path, entry)).filter((file) => statSync(file).isFile());
}
