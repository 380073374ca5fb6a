import { defineConfig, devices } from "@playwright/test";
import { launchOptions } from "./e2e/launch.ts";

/** One test, in ms. */
const TEST_MS = 60_000;
/** One thing that a person waits to see, in ms. */
const SEEN_MS = 15_000;

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  workers: 2,
  fullyParallel: true,
  // A machine that is busy for a moment fails no test; whatever needed a second try is named.
  retries: 1,
  forbidOnly: true,
  timeout: TEST_MS,
  expect: { timeout: SEEN_MS },
  reporter: "list",
  use: {
    ...devices["Desktop Chrome"],
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: launchOptions(process.env["CHROMIUM_PATH"]),
  },
});
