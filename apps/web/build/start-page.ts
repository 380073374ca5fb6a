import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createElement, StrictMode, type ComponentType } from "react";
import { renderToString } from "react-dom/server";
import { createServer, type Plugin } from "vite";
import { plainIcons } from "./plain-icons.ts";
import { replaced, withoutComments } from "./page-parts.ts";

const ROOT = join(import.meta.dirname, "..");
/** The styles come before it: what is drawn waits for them. */
const PAGE_END = "<noscript>";

/**
 * Draws the start page as a first visitor sees it, and puts it into the page: it is there, and takes
 * what is typed, before the app is (start-page.js).
 */
export function startPage(): Plugin {
  return {
    name: "parley:start-page",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      async handler(html) {
        const script = readFileSync(join(ROOT, "start-page.js"), "utf8");
        const drawn = `<template>${await drawStartPage()}</template>`;
        return replaced(
          html,
          PAGE_END,
          `${drawn}<script>${withoutComments(script)}</script>${PAGE_END}`,
        );
      },
    },
  };
}

/** Returns the HTML of the app where nothing is stored and the address is that of the start page. */
async function drawStartPage(): Promise<string> {
  const server = await createServer({
    root: ROOT,
    configFile: false,
    logLevel: "warn",
    appType: "custom",
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    // The same icons as in the app, which takes over what is drawn.
    plugins: [{ ...plainIcons(), apply: "serve" }],
    ssr: { noExternal: ["@tabler/icons-react"] },
  });
  try {
    const { App } = (await server.ssrLoadModule("/src/app.tsx")) as { App: ComponentType };
    const html = renderToString(createElement(StrictMode, null, createElement(App)));
    // The content security policy lets no attribute style anything.
    if (html.includes(' style="')) throw new Error("The start page has an attribute `style`.");
    return html;
  } finally {
    await server.close();
  }
}
