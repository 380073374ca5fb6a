import { chromium as playwright } from "@playwright/test";
import type { Program } from "./provide.ts";

/** The programs that tests need beside Node; add an entry for a further one. */
export const programs = {
  /** Chromium without windows: half of the work for the same pages. */
  headlessShell: {
    name: "Chromium's headless shell",
    variable: "HEADLESS_SHELL_PATH",
    commands: ["chromium-headless-shell", "chrome-headless-shell"],
    debianPackage: "chromium-headless-shell",
  },
  chromium: {
    name: "Chromium",
    variable: "CHROMIUM_PATH",
    own: {
      path: playwright.executablePath(),
      install: ["playwright", "install", "chromium"],
    },
    commands: ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"],
    debianPackage: "chromium",
  },
  redis: {
    name: "Redis",
    variable: "REDIS_SERVER_PATH",
    commands: ["redis-server", "valkey-server"],
    debianPackage: "redis-server",
  },
} as const satisfies Record<string, Program>;
