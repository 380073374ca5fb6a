import { availableParallelism } from "node:os";
import { defineConfig, devices } from "@playwright/test";
import { lightBrowser } from "./e2e/browsers.ts";

/** One test, in ms. This and the next are bounds of a hang: a busy machine fails no test. */
const TEST_MS = 300_000;
/** One thing that a person waits to see, in ms. */
const SEEN_MS = 30_000;

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  // A test waits at times: one more than there are cores keeps all of them busy.
  workers: availableParallelism() + 1,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: TEST_MS,
  expect: { timeout: SEEN_MS },
  reporter: "list",
  use: {
    actionTimeout: SEEN_MS * 2,
    ...devices["Desktop Chrome"],
    screenshot: "only-on-failure",
    // A trace doubles the work of every step: `--trace retain-on-failure` asks for it.
    trace: "off",
    // A worker fetches the whole app once more for every person: a test of it asks for it.
    serviceWorkers: "block",
    launchOptions: lightBrowser,
  },
});
