import type { LaunchOptions } from "@playwright/test";
import { launchOptions } from "./launch.ts";

const { CHROMIUM_PATH: whole, HEADLESS_SHELL_PATH: shell } = process.env;

/** The browser of most tests: the headless shell, if there is one, needs half of the CPU. */
export const lightBrowser = withStillWheel(shell ?? whole);

/** The browser of a few tests: the headless shell cannot show system notifications. */
export const wholeBrowser = withStillWheel(whole);

/** Without smooth scrolling: with it, a test cannot know that the wheel has come to rest. */
function withStillWheel(path: string | undefined): LaunchOptions {
  const options = launchOptions(path);
  return { ...options, args: [...(options.args ?? []), "--disable-smooth-scrolling"] };
}
