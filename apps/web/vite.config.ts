import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Where the page is served while developing. */
const DEV_PORT = 5173;
/** Where the server listens unless PORT says otherwise. */
const SERVER_PORT = process.env["PORT"] ?? "8080";

export default defineConfig({
  plugins: [react(), tailwindcss()],
  build: {
    // Browsers with light-dark(), the v flag of regular expressions and Promise.withResolvers.
    target: ["chrome123", "edge123", "firefox128", "safari17.5"],
    // Everything is a file of its own: the content security policy has no data: scripts or fonts.
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
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
    proxy: { "/ws": { target: `ws://127.0.0.1:${SERVER_PORT}`, ws: true } },
  },
});
