import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "{apps,packages}/*/src/**/*.test.{ts,tsx}",
      "apps/server/test/**/*.test.ts",
      "scripts/**/*.test.ts",
    ],
    /** A unit test waits for nothing; those over real sockets wait for a few round trips. */
    testTimeout: 10_000,
  },
});
