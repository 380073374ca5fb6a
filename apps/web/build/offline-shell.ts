import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

/** What the worker's source calls the list that the build knows. */
const SHELL = "PARLEY_SHELL";
/** Where the page says which version it is. */
const VERSION = "%VERSION%";
/** Characters of a version: enough to tell two builds apart. */
const VERSION_CHARS = 16;
/** Public files that nobody needs offline: the system keeps the icons of what is installed; others show a link. */
const NOT_KEPT = /^(?:icons\/|og\.png$)/;

/**
 * Tells the service worker which files the app is made of, and tells both worker and page which
 * version this is. A version is a digest of all these files: it changes when any of them does.
 * @param worker the file name of the built service worker, in the root of the site
 */
export function offlineShell(worker: string): Plugin {
  let publicDir = "";
  return {
    name: "parley:offline-shell",
    apply: "build",
    enforce: "post",
    configResolved(config) {
      ({ publicDir } = config);
    },
    generateBundle(_options, bundle) {
      const { [worker]: built, "index.html": page, ...rest } = bundle;
      if (built?.type !== "chunk" || page?.type !== "asset") {
        throw new Error(`The build made no ${worker} or no index.html.`);
      }
      // It runs as a classic script: not every browser has workers that are modules.
      if (built.imports.length > 0) throw new Error(`${worker} must be a single file.`);

      const files = new Map<string, string | Uint8Array>();
      for (const [name, output] of Object.entries(rest)) {
        files.set(name, output.type === "chunk" ? output.code : output.source);
      }
      for (const name of readdirSync(publicDir, { recursive: true, encoding: "utf8" })) {
        if (/\.\w+$/.test(name) && !NOT_KEPT.test(name)) {
          files.set(name, readFileSync(join(publicDir, name)));
        }
      }
      const names = [...files.keys()].filter((name) => !name.startsWith(".")).toSorted();
      const digest = createHash("sha256").update(page.source);
      for (const name of names) digest.update(name).update(files.get(name) ?? "");
      const version = digest.digest("hex").slice(0, VERSION_CHARS);

      page.source = String(page.source).replace(VERSION, version);
      const shell = { version, files: ["/", ...names.map((name) => `/${name}`)] };
      built.code = built.code.replaceAll(SHELL, JSON.stringify(shell));
    },
  };
}
