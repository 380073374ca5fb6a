import type { Browser, Locator } from "@playwright/test";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { PlainClient } from "@parley/testkit/plain-client";
import { chooses } from "../e2e/message-actions.ts";
import { meetPerson, type Habits, type Person } from "../e2e/people.ts";
import { conversationOf, panelOf, saysPrivately, writesTo } from "../e2e/private-panel.ts";
import { startServer } from "../e2e/server.ts";
import { ROOT } from "./command.ts";
import { haveTalk, ROOM } from "./screenshot-visit.ts";

const DOCS = join(ROOT, "docs");
const DESKTOP = { viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" } as const;
const PHONE = {
  viewport: { width: 390, height: 600 },
  reducedMotion: "reduce",
  hasTouch: true,
  isMobile: true,
} as const;

/** Takes the pictures of README and of docs/design.md: both screens, and the parts in both themes. */
export async function takeDocsPictures(browser: Browser): Promise<void> {
  await mkdir(join(DOCS, "design"), { recursive: true });
  for (const colorScheme of ["light", "dark"] as const) {
    await onDesktop(browser, { ...DESKTOP, colorScheme }, colorScheme);
    await onPhone(browser, { ...PHONE, colorScheme }, colorScheme);
  }
}

/** Takes a picture of a part, without a caret. */
function pictureOf(theme: string) {
  return async (part: Locator, name: string): Promise<void> => {
    await part.screenshot({ path: join(DOCS, "design", `${name}-${theme}.png`), caret: "hide" });
  };
}

async function onDesktop(browser: Browser, habits: Habits, theme: string): Promise<void> {
  const server = await startServer();
  const ada = await meetPerson(browser, server.url, "Ada", habits);
  const take = pictureOf(theme);
  const whole = async (name: string) => {
    if (theme !== "light") return;
    await ada.page.mouse.move(0, 0);
    await ada.page.screenshot({ path: join(DOCS, `${name}.png`), caret: "hide" });
  };
  const { page } = ada;
  await page.goto("/");
  await ada.yourName.fill("Ada");
  await whole("join");
  await ada.roomCode.fill("lobby");
  await page.getByText(/easy to guess/).waitFor();
  await take(page.locator("main form"), "fields-and-button");

  await ada.join("harbour");
  await ada.join(ROOM);
  const others = await haveTalk(ada, server.socketUrl);
  await chooses(ada, "🗺️", "👍");
  const harbour = await PlainClient.join(server.socketUrl, "harbour", "Dora");
  harbour.say("The crane is free at noon");
  const list = page.getByRole("list", { name: "Rooms" });
  await list.getByText("1 new").waitFor();
  // Where the focus is, a message shows its tools.
  await ada.composer.focus();
  await whole("room");
  await take(list, "badges");
  const rows = ada.messages.getByRole("article");
  await take(rows.nth(1), "message");
  await ada.seesPeople("Ada", "Ben", "Cleo");
  await take(page.getByRole("list", { name: "People" }), "avatars");
  await talkPrivately(ada, others);
  await whole("private");
  await panelOf(ada).getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  const invite = page.getByRole("dialog", { name: "Invite people" });
  await invite.getByRole("img", { name: /^QR code/ }).waitFor();
  await take(invite, "dialog");
  await page.keyboard.press("Escape");
  for (const other of [...others.values(), harbour]) other.close();
  await server.kill();
  await ada.seesReconnecting();
  await take(page.locator("main > div").filter({ has: ada.status }).first(), "banner");
  await ada.goes();
  await server.dispose();
}

/** Ada and Ben write privately beside the room. */
async function talkPrivately(ada: Person, others: ReadonlyMap<string, PlainClient>): Promise<void> {
  await writesTo(ada, "Ben");
  await saysPrivately(ada, "Ben", "Cleo has her birthday on Friday. Shall we bake?");
  const ben = others.get("Ben");
  const heard = await ben?.next("private");
  const message = "Yes! I bring the **cake**, you the candles.";
  const frame = { type: "chat", payload: { message } } as const;
  if (heard) ben?.send("private", { with: heard.with.id, frame });
  await conversationOf(ada).getByText("the candles").waitFor();
}

async function onPhone(browser: Browser, habits: Habits, theme: string): Promise<void> {
  const server = await startServer();
  const ada = await meetPerson(browser, server.url, "Ada", habits);
  await ada.join(ROOM);
  await ada.page.getByRole("button", { name: "Room options" }).tap();
  await ada.page.getByLabel("Mute this room").waitFor();
  await pictureOf(theme)(ada.page.getByRole("dialog", { name: "Room" }), "sheet");
  await ada.goes();
  await server.dispose();
}
