import { readFileSync } from "node:fs";

const DIST = "apps/web/dist";

/** The build's own list of its files, and what each of them imports. */
type Manifest = Readonly<Record<string, Built>>;

interface Built {
  readonly file: string;
  readonly name?: string;
  readonly imports?: readonly string[];
}

const manifest = JSON.parse(readFileSync(`${DIST}/.vite/manifest.json`, "utf8")) as Manifest;

/** How much JavaScript a browser may have to fetch before the app can be used; for size-limit. */
export const sizeLimits = [
  {
    name: "To see and use the join screen",
    path: scriptsOf("join"),
    gzip: true,
    limit: "75 kB",
  },
  {
    name: "To read and write in a room, in all",
    path: scriptsOf("join", "room"),
    gzip: true,
    limit: "129 kB",
  },
];

/** The files of these chunks, named as in the build, and all that they import. */
function scriptsOf(...names: readonly string[]): string[] {
  const files = new Set<string>();
  const visit = (built: Built | undefined, called: string) => {
    if (!built) throw new Error(`${called} is no part of the build.`);
    if (files.has(built.file)) return;
    files.add(built.file);
    for (const key of built.imports ?? []) visit(manifest[key], key);
  };
  for (const name of names) visit(chunkNamed(name), name);
  return [...files].map((file) => `${DIST}/${file}`);
}

function chunkNamed(name: string): Built | undefined {
  return Object.values(manifest).find((built) => built.name === name && built.file.endsWith(".js"));
}
