import type { LaunchOptions } from "@playwright/test";

/**
 * How Chromium is started.
 * @param path the browser to run; Playwright's own where there is none
 */
export function launchOptions(path: string | undefined): LaunchOptions {
  return {
    ...(path ? { executablePath: path } : {}),
    // Chromium refuses to be sandboxed as root.
    chromiumSandbox: process.getuid?.() !== 0,
    args: ["--disable-gpu", "--disable-background-networking"],
  };
}
