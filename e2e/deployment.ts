import { cp, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..");

/** A copy of the server and of the built app, as on another machine. It can be updated. */
export interface ServerCopy {
  /** The server's program. */
  readonly main: string;
  /** Replaces the build with another, under the file names that it would have. */
  readonly update: () => Promise<void>;
  readonly dispose: () => Promise<void>;
}

/** The text of the first build, and its replacement in the second. */
export const welcome = { first: "Talk by room code.", second: "Talk by room code, anew." } as const;

/** Copies the program into a temporary folder. */
export async function deploy(): Promise<ServerCopy> {
  const folder = await mkdtemp(join(tmpdir(), "parley-deployment-"));
  const dist = join(folder, "apps/web/dist");
  await cp(join(ROOT, "apps/server/src"), join(folder, "apps/server/src"), { recursive: true });
  await cp(join(ROOT, "apps/web/dist"), dist, { recursive: true });
  for (const same of ["package.json", "node_modules", "packages", "apps/server/node_modules"]) {
    await symlink(join(ROOT, same), join(folder, same));
  }
  return {
    main: join(folder, "apps/server/src/main.ts"),
    update: () => buildAnew(dist),
    dispose: () => rm(folder, { recursive: true }),
  };
}

/** Renames every hashed file, as if all had changed, and changes the version. */
async function buildAnew(dist: string): Promise<void> {
  const page = await readFile(join(dist, "index.html"), "utf8");
  const version = /name="version" content="(\w+)"/.exec(page)?.[1];
  if (!version) throw new Error("The page says no version.");
  const files = await readdir(dist, { recursive: true, withFileTypes: true });
  const texts = files.filter((file) => file.isFile() && /\.(?:js|css|html)$/.test(file.name));
  const hashed = texts.map(({ name }) => name).filter((name) => /-[\w-]{8}\d?\.\w+$/.test(name));

  for (const { parentPath, name } of texts) {
    const path = join(parentPath, name);
    let text = await readFile(path, "utf8");
    for (const old of hashed) text = text.replaceAll(old, renamed(old));
    text = text.replaceAll(version, [...version].toReversed().join(""));
    await writeFile(path, text.replaceAll(welcome.first, welcome.second));
    for (const encoding of ["br", "gz"]) await rm(`${path}.${encoding}`, { force: true });
    if (hashed.includes(name)) await rename(path, join(parentPath, renamed(name)));
  }
}

/** Gives a file another hash: `index-DzvzlVgf.js` becomes `index-0zvzlVgf.js`. */
function renamed(name: string): string {
  return name.replace(/-([\w-])([\w-]{7}\d?\.\w+)$/, (_, first: string, rest: string) =>
    first === "0" ? `-1${rest}` : `-0${rest}`,
  );
}
