import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./command.ts";

const SOURCES = ["{apps,packages,tools}/*/{src,test}/**/*.{ts,tsx}", "{e2e,scripts}/*.ts"];
/** A declaration of an exported type; a re-export of one is none. */
const EXPORTED_TYPE = /^export (?:abstract )?(?:class|enum|interface|type) (\w+)/gm;

/**
 * Finds the names of exported types that several files declare.
 * @param sources the text of each file, by its path
 * @returns the paths, by name
 */
export function repeatedTypeNames(
  sources: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly string[]> {
  const declared = Array.from(sources, ([path, text]) => {
    const names = new Set(Array.from(text.matchAll(EXPORTED_TYPE), ([, name = ""]) => name));
    return Array.from(names, (name) => ({ name, path }));
  }).flat();
  const byName = Map.groupBy(declared, ({ name }) => name);
  return new Map(
    Array.from(byName, ([name, all]) => [name, all.map(({ path }) => path)] as const).filter(
      ([, paths]) => paths.length > 1,
    ),
  );
}

if (import.meta.main) {
  const paths = globSync(SOURCES, { cwd: ROOT }).toSorted();
  const sources = new Map(paths.map((path) => [path, readFileSync(join(ROOT, path), "utf8")]));
  for (const [name, declaring] of repeatedTypeNames(sources)) {
    console.error(`${name} is the name of an exported type in ${declaring.join(" and ")}`);
    process.exitCode = 1;
  }
}
