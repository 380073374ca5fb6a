import { defineConfig, devices } from "@playwright/test";
import { launchOptions } from "./e2e/launch.ts";

/** One test, in ms. This and the next are bounds of a hang: a busy machine fails no test. */
const TEST_MS = 300_000;
/** One thing that a person waits to see, in ms. */
const SEEN_MS = 30_000;

const launch = launchOptions(process.env["CHROMIUM_PATH"]);

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  workers: 2,
  fullyParallel: true,
  // Named in the output, as a defect of the test: one slow moment must not stop a change.
  retries: 1,
  forbidOnly: true,
  timeout: TEST_MS,
  expect: { timeout: SEEN_MS },
  reporter: "list",
  use: {
    actionTimeout: SEEN_MS * 2,
    ...devices["Desktop Chrome"],
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    // A wheel that moves on by itself is never known to have come to rest.
    launchOptions: { ...launch, args: [...(launch.args ?? []), "--disable-smooth-scrolling"] },
  },
});
