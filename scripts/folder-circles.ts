import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { ROOT } from "./command.ts";

/** Which node imports which. */
export type Arrows = ReadonlyMap<string, ReadonlySet<string>>;

/** Sources whose folders must not import each other in a circle. */
const SOURCES = ["apps/server/src", "apps/web/src", "packages/client/src", "packages/protocol/src"];
const SOURCE_FILE = /\.tsx?$/;
/** Tests may import anything. */
const TEST_FILE = /\.(?:test|contract)\.tsx?$/;
/** A static or dynamic import, or an export from, with a relative path. */
const RELATIVE_IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]+)"/g;

/**
 * Reads which folders of a source folder import which. A file directly in it counts as its own
 * folder: such a file combines the others, or is used by all of them.
 */
export function arrowsBetweenFolders(source: string): Arrows {
  const arrows = new Map<string, Set<string>>();
  const folderOf = (file: string) => {
    const path = relative(source, file).split(sep).join("/");
    return path.includes("/") ? dirname(path) : path;
  };
  for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !SOURCE_FILE.test(file) || TEST_FILE.test(file)) continue;
    const from = folderOf(file);
    const targets = arrows.get(from) ?? new Set();
    arrows.set(from, targets);
    for (const [, path = ""] of readFileSync(file, "utf8").matchAll(RELATIVE_IMPORT)) {
      const to = folderOf(join(dirname(file), path));
      if (to !== from) targets.add(to);
    }
  }
  return arrows;
}

/** Finds the groups of nodes that all import each other, directly or through others. */
export function circlesOf(arrows: Arrows): string[][] {
  const reached = new Map(Array.from(arrows.keys(), (node) => [node, reachableFrom(node, arrows)]));
  const groups = new Map<string, string[]>();
  for (const [node, targets] of reached) {
    const group = [...targets].filter((target) => reached.get(target)?.has(node)).toSorted();
    if (group.length > 0) groups.set(group.join(" "), group);
  }
  return [...groups.values()];
}

function reachableFrom(start: string, arrows: Arrows): Set<string> {
  const reached = new Set<string>();
  const open = [start];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const target of arrows.get(node) ?? []) {
      if (reached.has(target)) continue;
      reached.add(target);
      open.push(target);
    }
  }
  return reached;
}

if (import.meta.main) {
  for (const source of SOURCES) {
    for (const circle of circlesOf(arrowsBetweenFolders(join(ROOT, source)))) {
      console.error(`${source}: these import each other in a circle: ${circle.join(", ")}`);
      process.exitCode = 1;
    }
  }
}
