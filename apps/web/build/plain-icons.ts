import type { Plugin } from "vite";

const LIBRARY = "@tabler/icons-react";
const IMPORT = /^import \{([^}]*)\} from "@tabler\/icons-react";$/gm;
const ICON_FILE = /\/@tabler\/icons-react\/dist\/esm\/icons\/Icon\w+\.mjs$/;
const COMPONENT = "\0parley:icon";

/** What draws an icon: the attributes and classes that the library gives it, and one path. */
const component = `
import { jsx } from "react/jsx-runtime";
export const icon = (name, d) => ({ size, stroke, className = "", ...rest }) =>
  jsx("svg", {
    viewBox: "0 0 24 24",
    width: size,
    height: size,
    fill: "none",
    stroke: "currentColor",
    strokeWidth: stroke,
    strokeLinecap: "round",
    strokeLinejoin: "round",
    className: "tabler-icon tabler-icon-" + name + " " + className,
    ...rest,
    children: jsx("path", { d }),
  });
`;

/**
 * Builds icons that are only what the app uses of them: an outline with `size`, `stroke` and
 * attributes of `svg`. The library's own have titles, fills and a list of elements, which the first
 * load would have to fetch.
 */
export function plainIcons(): Plugin {
  return {
    name: "parley:plain-icons",
    apply: "build",
    enforce: "pre",
    resolveId: { filter: { id: /^parley:icon$/ }, handler: () => COMPONENT },
    load: { filter: { id: /^\0parley:icon$/ }, handler: () => component },
    transform: {
      filter: { id: [ICON_FILE, /\/src\/.*\.tsx$/] },
      handler: (code, id) => ({
        code: ICON_FILE.test(id) ? asOnePath(code, id) : withIconFiles(code),
        map: null,
      }),
    },
  };
}

/** Imports each icon from its own file: the library's index is read with all of its 6,000 files. */
export function withIconFiles(code: string): string {
  return code.replaceAll(IMPORT, (_, names: string) =>
    names
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name && !name.startsWith("type "))
      .map((name) => `import ${name} from "${LIBRARY}/dist/esm/icons/${name}.mjs";`)
      .join(" "),
  );
}

/** Turns an icon of the library into one of a single path. Any other form fails the build. */
export function asOnePath(code: string, id: string): string {
  const [, nodes = "", kind, name] =
    /const __iconNode = (.*);\nconst \w+ = createReactComponent\("(\w+)", "([\w-]+)"/.exec(code) ??
    [];
  if (name === undefined || kind !== "outline") throw new Error(`${id} is no outline.`);
  const paths = JSON.parse(nodes) as readonly [string, { readonly d?: string }][];
  const all = paths.map(([tag, { d }]) => {
    // A path that begins with m would begin where the one before it ends.
    if (tag !== "path" || !d?.startsWith("M"))
      throw new Error(`${id} has parts that cannot be joined.`);
    return d;
  });
  return `import { icon } from "parley:icon";
export default /* @__PURE__ */ icon(${JSON.stringify(name)}, ${JSON.stringify(all.join(""))});
`;
}
