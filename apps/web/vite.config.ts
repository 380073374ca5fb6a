import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { aroundRoom } from "./build/around-room.ts";
import { firstPaint } from "./build/first-paint.ts";
import { chunkNames } from "./build/chunk-names.ts";
import { offlineShell } from "./build/offline-shell.ts";
import { plainIcons } from "./build/plain-icons.ts";
import { plainImports } from "./build/plain-imports.ts";
import { precompress } from "./build/precompress.ts";
import { reactModules } from "./build/react-modules.ts";
import { roomPreload } from "./build/room-preload.ts";
import { startPage } from "./build/start-page.ts";

/** Where the page is served while developing. */
const DEV_PORT = 5173;
/** Where the server listens unless PORT says otherwise. */
const SERVER_PORT = process.env["PORT"] ?? "8080";

/** The service worker, in the root of the site: its place is its scope. */
const WORKER = "sw.js";

/** What the build reads, beside the installed packages that the lockfile names. */
const SOURCES = ["src", "build", "../../packages/protocol/src", "../../packages/client/src"];

export default defineConfig({
  plugins: [
    reactModules(),
    plainIcons(),
    plainImports(),
    react(),
    tailwindcss(),
    roomPreload("room"),
    firstPaint(),
    startPage(),
    offlineShell(WORKER),
    precompress(),
  ],
  build: {
    // Browsers with light-dark(), the v flag of regular expressions and Promise.withResolvers.
    target: ["chrome123", "edge123", "firefox128", "safari17.5"],
    // Everything is a file of its own: the content security policy has no data: scripts or fonts.
    assetsInlineLimit: 0,
    modulePreload: false,
    // The styles of all parts are in one file: no part has to fetch its own (build/plain-imports.ts).
    cssCodeSplit: false,
    // Which file loads which: what the size limits are counted by.
    manifest: true,
    rolldownOptions: {
      input: { index: "index.html", worker: "src/offline/service-worker.ts" },
      output: {
        entryFileNames: ({ name }) => (name === "worker" ? WORKER : "assets/[name]-[hash].js"),
        chunkFileNames: chunkNames([...SOURCES, "vite.config.ts", "../../pnpm-lock.yaml"]),
        // One file for what every part stands on; it stays the same over most updates.
        codeSplitting: {
          groups: [
            {
              name: "react",
              test: /\/node_modules\/(?:react|react-dom|scheduler)\//,
              priority: 3,
            },
            // A screen and all that it imports is one file: one request, and it compresses better.
            {
              name: "join",
              // What the lists and notices of the join screen share with the room: they must not fetch it.
              test: /\/src\/(?:main\.tsx|offline\/look-for-update\.ts|room\/day\.ts)$|\/IconX\.mjs$/,
              priority: 2,
            },
            { name: "room", test: /\/src\/screens\/room-screen\.tsx$/, priority: 1 },
            { name: "around", test: aroundRoom() },
          ],
        },
      },
      treeshake: {
        // Importing the protocol does nothing by itself: each screen takes only what it uses of it.
        moduleSideEffects: [{ test: /\/packages\/(?:protocol|client)\/src\//, sideEffects: false }],
      },
    },
  },
  server: {
    host: "127.0.0.1",
    port: DEV_PORT,
    strictPort: true,
    proxy: {
      "/ws": { target: `ws://127.0.0.1:${SERVER_PORT}`, ws: true },
      "/about.json": `http://127.0.0.1:${SERVER_PORT}`,
      "/api": `http://127.0.0.1:${SERVER_PORT}`,
      "/files": `http://127.0.0.1:${SERVER_PORT}`,
      "/hooks": `http://127.0.0.1:${SERVER_PORT}`,
    },
  },
});
