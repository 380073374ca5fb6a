import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** A test that takes so long does nothing any more, however busy the machine is. */
const HANG_MS = 300_000;

export default defineConfig({
  test: {
    include: [
      "{apps,packages,tools}/*/{src,build}/**/*.test.{ts,tsx}",
      "apps/server/test/**/*.test.ts",
      "scripts/**/*.test.ts",
      "examples/**/*.test.ts",
    ],
    /**
     * A process for each file costs more than most files do. What a file changes for the whole process
     * is put back after each test.
     */
    pool: "forks",
    isolate: false,
    // Many tests wait for servers and disks: one worker would leave a core idle.
    maxWorkers: Math.max(2, availableParallelism()),
    restoreMocks: true,
    unstubGlobals: true,
    unstubEnvs: true,
    setupFiles: "packages/testkit/src/setup.ts",
    /**
     * The bound of a hang, in ms, and no promise of speed: what waits for a condition gives up long
     * before and says for what (`until` of @parley/testkit).
     */
    testTimeout: HANG_MS,
    hookTimeout: HANG_MS,
    teardownTimeout: HANG_MS,
  },
});
