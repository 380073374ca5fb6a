import type { LaunchOptions } from "@playwright/test";

/**
 * How Chromium is started.
 * @param path the browser to run; by default Playwright's own
 */
export function launchOptions(path: string | undefined): LaunchOptions {
  return {
    ...(path ? { executablePath: path } : {}),
    // Chromium as root cannot use its sandbox.
    chromiumSandbox: process.getuid?.() !== 0,
    args: ["--disable-gpu", "--disable-background-networking"],
  };
}
