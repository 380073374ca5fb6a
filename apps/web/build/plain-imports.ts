import type { Plugin } from "vite";

/**
 * Leaves `import()` as it is: Vite wraps it in a helper that fetches the styles of a part before the
 * part, and here all styles are in one file that the page has already.
 */
export function plainImports(): Plugin {
  return {
    name: "parley:plain-imports",
    apply: "build",
    enforce: "pre",
    load: {
      filter: { id: /^\0vite\/preload-helper\.js$/ },
      handler: () => "export const __vitePreload = (load) => load();",
    },
  };
}
