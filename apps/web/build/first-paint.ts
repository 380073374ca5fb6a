import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { replaced, withoutComments } from "./page-parts.ts";

const SCRIPT = '<script src="/before-paint.js"></script>';
const STYLES = /\s*<link rel="stylesheet"[^>]*>/;
/** What stands in the page until the app is there ends here. */
const SHELL_END = "<noscript>";

/**
 * Lets the page paint as soon as it is there: what must run before is written in it, and the styles
 * of the app come after the mark that it shows until then.
 */
export function firstPaint(): Plugin[] {
  const apply = "build";
  return [
    {
      name: "parley:script-in-page",
      apply,
      transformIndexHtml: {
        order: "pre",
        handler(html) {
          const script = readFileSync(join(import.meta.dirname, "../before-paint.js"), "utf8");
          return replaced(html, SCRIPT, `<script>${withoutComments(script)}</script>`);
        },
      },
    },
    {
      name: "parley:styles-after-shell",
      apply,
      transformIndexHtml: {
        order: "post",
        handler(html) {
          const [link = ""] = STYLES.exec(html) ?? [];
          return replaced(html.replace(link, ""), SHELL_END, `${link.trim()}\n    ${SHELL_END}`);
        },
      },
    },
  ];
}
