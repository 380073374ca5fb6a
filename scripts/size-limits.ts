import { readFileSync } from "node:fs";

const DIST = "apps/web/dist";

/** The build's own account of which file loads which, by source. */
type Manifest = Readonly<
  Record<string, { readonly file: string; readonly imports?: readonly string[] }>
>;

const manifest = JSON.parse(readFileSync(`${DIST}/.vite/manifest.json`, "utf8")) as Manifest;

/** How much JavaScript a browser may have to fetch before something can be used; for size-limit. */
export const sizeLimits = [
  {
    name: "To see and use the join screen",
    path: scriptsOf("index.html"),
    gzip: true,
    limit: "80 kB",
  },
  {
    name: "To read and write in a room, in all",
    path: scriptsOf("index.html", "src/screens/room-screen.tsx"),
    gzip: true,
    limit: "130 kB",
  },
];

/** The files of these sources, and all that they import before they can run. */
function scriptsOf(...sources: readonly string[]): string[] {
  const files = new Set<string>();
  const visit = (source: string) => {
    const built = manifest[source];
    if (!built) throw new Error(`${source} is no part of the build.`);
    if (files.has(built.file)) return;
    files.add(built.file);
    for (const other of built.imports ?? []) visit(other);
  };
  for (const source of sources) visit(source);
  return [...files].map((file) => `${DIST}/${file}`);
}
