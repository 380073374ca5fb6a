import { defineConfig } from "vitest/config";

/** The tests that a mutant of the core is run against: quick ones, without Redis or processes. */
export default defineConfig({
  test: {
    testTimeout: 60_000,
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
