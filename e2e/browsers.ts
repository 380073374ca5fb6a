import type { LaunchOptions } from "@playwright/test";
import { launchOptions } from "./launch.ts";

const { CHROMIUM_PATH: whole, HEADLESS_SHELL_PATH: shell } = process.env;

/** What most tests run in: the headless shell, where there is one, does the same with half of the work. */
export const lightBrowser = withStillWheel(shell ?? whole);

/** What a few tests need: the headless shell has no system to ask, and none that shows notifications. */
export const wholeBrowser = withStillWheel(whole);

/** A wheel that moves on by itself is never known to have come to rest. */
function withStillWheel(path: string | undefined): LaunchOptions {
  const options = launchOptions(path);
  return { ...options, args: [...(options.args ?? []), "--disable-smooth-scrolling"] };
}
