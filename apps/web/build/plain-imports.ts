import type { Plugin } from "vite";

/** What of Vite wraps each `import()`, and then lists the styles that the part needs. */
const WRAPPERS = ["vite:build-import-analysis", "native:import-analysis-build"];

/**
 * Leaves `import()` as it is: Vite wraps it in a helper that fetches the styles of a part before the
 * part, and here all styles are in one file that the page has already.
 */
export function plainImports(): Plugin {
  return {
    name: "parley:plain-imports",
    apply: "build",
    configResolved({ plugins }) {
      const all = plugins as Plugin[];
      for (const name of WRAPPERS) {
        const at = all.findIndex((plugin) => plugin.name === name);
        if (at === -1) throw new Error(`Vite has no ${name} any more.`);
        all.splice(at, 1);
      }
    },
  };
}
