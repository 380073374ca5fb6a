import { chromium, type Browser } from "@playwright/test";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { PlainClient } from "@parley/testkit/plain-client";
import type { ServerProcess } from "@parley/testkit/server-process";
import { launchOptions } from "../e2e/launch.ts";
import { meetPerson, type Habits, type Person } from "../e2e/people.ts";
import { startServer } from "../e2e/server.ts";
import { build } from "./build.ts";
import { ROOT } from "./command.ts";
import { programs } from "./programs.ts";
import { provide } from "./provide.ts";

/** Takes screenshots of the built app into screenshots/, in each size and theme. */
const FOLDER = join(ROOT, "screenshots");

const sizes = [
  { width: 1280, height: 800 },
  { width: 768, height: 1024 },
  { width: 390, height: 844 },
];

const ROOM = "lake-trip";

/** The messages in the screenshots, and their authors. */
const talk = [
  ["Ben", "Morning! Is the ferry still at 9:40?"],
  ["Cleo", "It is. I checked: https://example.org/ferry"],
  ["Cleo", "Meet at the blue kiosk, ten minutes before?"],
  ["Ben", "Good. I bring coffee, somebody bring the map.\nThe paper one, the lake has no signal."],
  ["Cleo", "🗺️"],
] as const;

/** Takes screenshots of both screens in each of their states, on a separate server. */
async function takeScreenshots(browser: Browser, habits: Habits, look: string): Promise<void> {
  const server = await startServer();
  const ada = await meetPerson(browser, server.url, "Ada", habits);
  try {
    await visit(ada, server, (what) => shot(ada, `${what}-${look}`));
  } finally {
    await ada.goes();
    await server.dispose();
  }
}

async function visit(
  ada: Person,
  server: ServerProcess,
  shoot: (what: string) => Promise<void>,
): Promise<void> {
  await ada.page.goto("/");
  await ada.roomCode.waitFor();
  await shoot("join");
  await ada.join(ROOM);
  await shoot("room-empty");

  const others = new Map<string, PlainClient>();
  for (const name of ["Ben", "Cleo"]) {
    others.set(name, await PlainClient.join(server.socketUrl, ROOM, name));
  }
  for (const [name, message] of talk) {
    others.get(name)?.send("chat", { message });
    await others.get(name)?.next("chat");
  }
  await ada.say("Map is packed. See you at the kiosk.");
  await ada.sees("Map is packed. See you at the kiosk.");
  await shoot("room-busy");

  await ada.seesPeople("Ada", "Ben", "Cleo");
  await shoot("room-people");
  await ada.hidesPeople();

  await refused(ada);
  await shoot("room-failed");
  await ada.messages.getByRole("button", { name: "Discard" }).click();

  await server.kill();
  await ada.seesReconnecting();
  await ada.say("I am at the kiosk already.");
  await ada.say("No signal yet, this waits.");
  await shoot("room-offline");
}

/** Sends what the server refuses: half a character, which a composer accepts. */
async function refused(person: Person): Promise<void> {
  await person.page.evaluate(
    (key) => localStorage.setItem(key, `The map is in the car ${String.fromCharCode(0xd83d)}`),
    `parley.draft.${ROOM}`,
  );
  await person.reloads();
  await person.composer.press("Enter");
  await person.messages.getByRole("button", { name: "Discard" }).waitFor();
}

async function shot({ page }: Person, name: string): Promise<void> {
  // Where no tooltip shows.
  await page.mouse.move(0, 0);
  await page.evaluate(() =>
    Promise.allSettled(document.getAnimations().map((animation) => animation.finished)),
  );
  await page.screenshot({ path: join(FOLDER, `${name}.png`), caret: "hide" });
}

const found = (await build()) ? await provide(programs.chromium) : undefined;
if (found?.ok) {
  await mkdir(FOLDER, { recursive: true });
  const browser = await chromium.launch(launchOptions(found.path));
  for (const viewport of sizes) {
    for (const colorScheme of ["light", "dark"] as const) {
      const look = `${viewport.width}-${colorScheme}`;
      await takeScreenshots(browser, { viewport, colorScheme }, look);
      console.log(`✓ ${look}`);
    }
  }
  await browser.close();
} else {
  if (found) console.error(found.advice);
  process.exitCode = 1;
}
