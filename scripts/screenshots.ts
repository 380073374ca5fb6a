import { chromium, type Browser } from "@playwright/test";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { launchOptions } from "../e2e/launch.ts";
import { meetPerson, type Habits, type Person } from "../e2e/people.ts";
import { startServer } from "../e2e/server.ts";
import { build } from "./build.ts";
import { ROOT } from "./command.ts";
import { takeDocsPictures } from "./docs-pictures.ts";
import { programs } from "./programs.ts";
import { provide } from "./provide.ts";
import { visitParts } from "./screenshot-parts.ts";
import { visitStates } from "./screenshot-states.ts";
import { visit } from "./screenshot-visit.ts";

/**
 * Takes screenshots of the built app into screenshots/, in each size and theme; of some tours with
 * their names, such as `visitStates`. With `docs`, it takes the pictures of the documents instead.
 */
const FOLDER = join(ROOT, "screenshots");

/** The ways through the app on which pictures are taken. */
const all = { visit, visitParts, visitStates };
/** Those that are named on the command line, or all of them. */
const named = Object.entries(all).filter(([name]) => process.argv.includes(name));
const tours = named.length > 0 ? named.map(([, tour]) => tour) : Object.values(all);

/** A microphone that beeps, for the recorder. */
const MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];

const sizes = [
  { width: 1920, height: 1080 },
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
  { width: 320, height: 640 },
];

async function takeAllScreenshots(browser: Browser): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  for (const viewport of sizes) {
    for (const colorScheme of ["light", "dark"] as const) {
      const look = `${viewport.width}-${colorScheme}`;
      const isPhone = viewport.width < 600;
      const habits = { viewport, colorScheme, hasTouch: isPhone, isMobile: isPhone } as const;
      await takeScreenshots(browser, { ...habits, reducedMotion: "reduce" }, look);
      console.log(`✓ ${look}`);
    }
  }
}

/** Takes screenshots of both screens in each of their states and parts, on separate servers. */
async function takeScreenshots(browser: Browser, habits: Habits, look: string): Promise<void> {
  for (const tour of tours) {
    const server = await startServer();
    const ada = await meetPerson(browser, server.url, "Ada", {
      ...habits,
      permissions: ["microphone"],
    });
    try {
      await tour(ada, server, (what) => shot(ada, `${what}-${look}`));
    } finally {
      await ada.goes();
      await server.dispose();
    }
  }
}

async function shot({ page }: Person, name: string): Promise<void> {
  // Where no tooltip shows.
  await page.mouse.move(0, 0);
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        // What follows a scroll position never ends.
        .filter(({ timeline }) => timeline instanceof DocumentTimeline)
        .map((animation) => animation.finished),
    ),
  );
  // Rows that were just measured are painted in the next frame.
  await page.evaluate(
    () =>
      new Promise<void>((painted) => {
        requestAnimationFrame(() => requestAnimationFrame(() => painted()));
      }),
  );
  await page.screenshot({ path: join(FOLDER, `${name}.png`), caret: "hide" });
}

const found = (await build()) ? await provide(programs.chromium) : undefined;
if (found?.ok) {
  const options = launchOptions(found.path);
  const args = [...(options.args ?? []), ...MICROPHONE];
  const browser = await chromium.launch({ ...options, args });
  await (process.argv.includes("docs") ? takeDocsPictures(browser) : takeAllScreenshots(browser));
  await browser.close();
} else {
  if (found) console.error(found.advice);
  process.exitCode = 1;
}
