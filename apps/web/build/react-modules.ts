import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

/** The production file of each part of React. */
const FILES: Readonly<Record<string, string>> = {
  react: "cjs/react.production.js",
  "react/jsx-runtime": "cjs/react-jsx-runtime.production.js",
  "react-dom": "cjs/react-dom.production.js",
  "react-dom/client": "cjs/react-dom-client.production.js",
  scheduler: "cjs/scheduler.production.js",
};

const REACT_FILE = /\/node_modules\/(?:react|react-dom|scheduler)\/cjs\/[\w-]+\.production\.js$/;

/**
 * Builds React from ES modules: React is CommonJS, and a build keeps every export of that. So what
 * nobody imports is left out, and a call of a hook is a plain call. A React whose files are less
 * simple fails the build.
 */
export function reactModules(): Plugin {
  const require = createRequire(import.meta.url);
  return {
    name: "parley:react-modules",
    apply: "build",
    enforce: "pre",
    resolveId: {
      filter: { id: /^(?:react|react-dom|scheduler)(?:\/|$)/ },
      handler(name) {
        const file = FILES[name];
        if (file === undefined) return undefined;
        const [packageName = ""] = name.split("/");
        const from = name === "scheduler" ? createRequire(require.resolve("react-dom")) : require;
        return join(dirname(from.resolve(`${packageName}/package.json`)), file);
      },
    },
    transform: {
      filter: { id: REACT_FILE },
      handler: (code, id) => ({ code: asModule(code, id), map: null }),
    },
  };
}

/**
 * Turns CommonJS into an ES module, if it only sets its exports, one a line, and requires by name.
 * @param id what the module is imported by
 */
export function asModule(code: string, id: string): string {
  const names = new Set(Array.from(code.matchAll(/\bexports\.(\w+)/g), ([, name = ""]) => name));
  const imports = [`import * as self from "${id}";`];
  let body = code.replaceAll(/(\w+) = require\("([\w-]+)"\)/g, (_, name: string, from: string) => {
    imports.push(`import * as ${name} from "${from}";`);
    return "";
  });
  // What is left of the declaration of what was required.
  body = body.replace(/^var [\s,]*;$/m, "");
  for (const name of names) {
    const uses = new RegExp(`\\bexports\\.${name}\\b`, "g");
    const isConstant = code.match(uses)?.length === 1;
    body = body.replace(
      new RegExp(`^exports\\.${name} =`, "m"),
      `${isConstant ? "const" : "let"} $${name} =`,
    );
    if (!body.includes(` $${name} =`)) throw new Error(`${id} sets ${name} within something else.`);
    body = body.replaceAll(uses, `$${name}`);
  }
  if (/\bexports\b|\brequire\(|\bmodule\./.test(body)) throw new Error(`${id} is not that simple.`);
  const list = Array.from(names, (name) => `$${name} as ${name}`).join(", ");
  return `${imports.join("\n")}\n${body}\nexport { ${list}, self as default };\n`;
}
