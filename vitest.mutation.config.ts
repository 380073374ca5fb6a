import { defineConfig } from "vitest/config";

/** The tests that a mutant of the core is run against: quick ones, without Redis or processes. */
export default defineConfig({
  test: {
    // Bounds of a hang, in ms: a room of ten thousand takes a while on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    include: [
      "apps/server/src/**/*.test.ts",
      "apps/server/test/{core,presence}.test.ts",
      "packages/client/src/**/*.test.ts",
      "packages/protocol/src/**/*.test.ts",
    ],
    exclude: [
      "**/node_modules/**",
      "apps/server/src/backends/redis/**",
      "**/redis-*.test.ts",
      "**/shared-presence.test.ts",
    ],
  },
});
