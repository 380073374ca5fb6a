import { PlainClient } from "@parley/testkit/plain-client";
import type { ServerProcess } from "@parley/testkit/server-process";
import type { Page } from "@playwright/test";
import { attach, noise, picture, type GivenFile } from "../e2e/files.ts";
import { chooses, lineOf } from "../e2e/message-actions.ts";
import type { Person } from "../e2e/people.ts";
import { boxOf, panelOf } from "../e2e/private-panel.ts";

/** Takes a picture of a state. */
type Shoot = (what: string) => Promise<void>;

/** What a state needs: the user, another member, and a camera. */
interface Scene {
  readonly ada: Person;
  readonly page: Page;
  readonly ben: PlainClient;
  readonly shoot: Shoot;
}

const CODE = "quarter-deck";
const LONG_NAME = "Wolfeschlegelsteinhausenbergerdo";
const ROOM_NAME = "Everything about the summer regatta on the big lake";
const TOPIC =
  "Who sails when, what to bring, and where to meet: please read the pinned messages first, then " +
  "ask here; the harbour office answers on weekdays only, and late at night nobody answers at all.";
const NO_END = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
const AWAY = 30;
/** The address of a part of a file. */
const PART = /\/files\/[\w-]{22}\/\d+$/;
/** The button to the latest message shows once the list has come to rest, in ms. */
const REST_MS = 500;

const hard = [
  `A word that does not end: ${NO_END}`,
  "https://example.org/a/very/long/address/that/does/not/end/before/the/line/does?and=more&of=the&same=0123456789",
  "مرحبا، هل العبّارة ما زالت في الساعة 9:40؟",
  "שלום! נפגשים ליד הקיוסק הכחול?",
  "> The ferry is at 9:40\n\nIs it?\n\n1. **Tickets** at the kiosk\n2. *Coffee* ~~on board~~\n3. `npm run ferry`",
  "```ts\nexport function depart(at: Date, passengers: readonly Passenger[]): Result<Ferry> {\n  // Nobody waits.\n  return passengers.length > 40 ? fail() : ok(ferry(at));\n}\n```",
  "Ada, can you bring the map? @Ada",
] as const;

/** Goes through the parts of a room, with contents that are hard to lay out. */
export async function visitParts(ada: Person, server: ServerProcess, shoot: Shoot): Promise<void> {
  const enter = (name: string) => PlainClient.join(server.socketUrl, CODE, name);
  const [ben, wolf, other] = [await enter("Ben"), await enter(LONG_NAME), await enter("مريم")];
  await ada.join(CODE);
  const scene = { ada, page: ada.page, ben, shoot };
  await hardTexts(scene, wolf);
  await fullRoom(scene, wolf);
  await ownMessages(scene);
  await filesToSend(scene);
  await filesInMessages(scene);
  await privateMessages(scene);
  await hooks(scene);
  await unread(scene);
  for (const client of [ben, wolf, other]) client.close();
}

async function hardTexts({ ada, page, ben, shoot }: Scene, wolf: PlainClient): Promise<void> {
  for (const text of hard) wolf.say(text);
  await ada.messages.getByText("@Ada").waitFor();
  await shoot("hard-texts-end");
  await page.getByRole("log").evaluate((log) => log.scrollBy(0, -2_000));
  await shoot("hard-texts");
  ben.say("Short");
  ben.say(Array.from({ length: 60 }, (_, n) => `Line ${n + 1} of a long message`).join("\n"));
  await toEnd(ada);
  await shoot("folded");
  await page.getByRole("button", { name: "Show more" }).click();
  await shoot("unfolded");
}

/** A long name, a long topic, pins and many reactions. */
async function fullRoom({ ada, page, ben, shoot }: Scene, wolf: PlainClient): Promise<void> {
  ben.send("set", { key: "name", value: ROOM_NAME });
  ben.send("set", { key: "topic", value: TOPIC });
  ben.send("chat", { message: "Reacted", id: "reacted" });
  await page.getByTitle(TOPIC).waitFor();
  await toEnd(ada);
  await chooses(ada, "Reacted", "Pin");
  for (const emoji of ["👍", "🎉", "❤️", "😂", "😮", "😢", "🙏", "🔥", "⛵", "🧭", "🗺️", "☕"]) {
    wolf.send("react", { target: "reacted", emoji, on: true });
  }
  await lineOf(ada, "Reacted").getByRole("button", { name: "☕" }).waitFor();
  await chooses(ada, "Reacted", "👍");
  await shoot("reactions-topic-pins");
}

async function ownMessages({ ada, page, shoot }: Scene): Promise<void> {
  await says(ada, "Mine, and it is a rather long message that takes two lines on every phone.");
  await says(ada, "Mine too");
  await ada.hasSentAll();
  await toEnd(ada);
  await chooses(ada, "Mine too", "Edit");
  await shoot("edit");
  await page.keyboard.press("Escape");
  await chooses(ada, "Mine too", "Delete");
  await ada.messages.getByRole("button", { name: "Undo" }).waitFor();
  await shoot("deleted-undo");
  await chooses(ada, "Reacted", "Copy text");
  await shoot("toast");
  await ada.composer.fill("/");
  await page.getByRole("option").first().waitFor();
  await shoot("commands");
  await ada.composer.fill("x".repeat(4_100));
  await shoot("too-long");
  await ada.composer.fill("");
}

async function filesToSend({ ada, page, shoot }: Scene): Promise<void> {
  await button(page, "Attach").click();
  const voice = page.getByRole("menuitem", { name: "Voice message" });
  await voice.waitFor();
  await shoot("attach-menu");
  await voice.click();
  await page.getByText(/Recording\s*0:0[1-9]/).waitFor();
  await shoot("recorder");
  await button(page, "Done").click();
  const tray = page.getByRole("region", { name: "Files to send" });
  await tray.getByRole("button", { name: /^Remove Voice/ }).waitFor();
  await attach(
    page,
    await picture(ada, "quay-at-sunrise.jpg", [3_000, 2_000]),
    binary("A very long file name that nobody can remember, version 2.zip", noise(600_000)),
  );
  await tray.getByText("2560 × 1707").waitFor();
  await shoot("tray");
  await says(ada, "The harbour");
}

async function filesInMessages({ ada, page, shoot }: Scene): Promise<void> {
  const { messages } = ada;
  await messages.getByRole("link", { name: /^Download A very/ }).waitFor();
  await shoot("files-mixed");
  await attach(page, {
    ...binary("notes.txt", Buffer.from("Bring ropes.")),
    mimeType: "text/plain",
  });
  await button(page, "Send").click();
  await messages.getByRole("button", { name: "Preview" }).click();
  await messages.getByText("Bring ropes.").waitFor();
  await attach(page, await picture(ada, "mast.png", [300, 900]));
  await button(page, "Send").click();
  const heights = [250, 300, 350, 400, 450];
  const names = heights.map((height) => `${height}.png`);
  const album = heights.map((height, at) => picture(ada, names[at] ?? "", [400, height]));
  await attach(page, ...(await Promise.all(album)));
  await button(page, "Send").click();
  await messages.getByRole("button", { name: "Open picture 450.png" }).waitFor();
  await messages.getByRole("progressbar").first().waitFor({ state: "detached" });
  await shoot("album");
  await messages.getByRole("button", { name: "Open picture mast.png" }).click();
  await page.getByRole("dialog", { name: /^Picture/ }).waitFor();
  await shoot("lightbox");
  await page.keyboard.press("Escape");
  await page.route(PART, () => undefined);
  await attach(page, binary("slow.bin", noise(300_000)));
  await button(page, "Send").click();
  await button(page, "Pause upload").last().click();
  await shoot("upload-paused");
  await button(page, "Cancel upload").last().click();
  await page.unroute(PART);
}

async function privateMessages({ ada, page, ben, shoot }: Scene): Promise<void> {
  const people = page.getByRole("list", { name: "People" });
  if (!(await people.isVisible())) await button(page, /\b\d+ people\b/).click();
  await shoot("people-long");
  await people.getByRole("button", { name: "Ben" }).click();
  await shoot("person-menu");
  await page.getByRole("menuitem", { name: "Message privately" }).click();
  await boxOf(ada, "Ben").fill("Cleo has her birthday on Friday. Shall we bake?");
  await shoot("private-empty");
  await panelOf(ada).getByRole("button", { name: "Send", exact: true }).click();
  const { with: asker } = await ben.next("private");
  const message = "Yes! I bring the **cake**, you the candles. The `oven` is free.";
  ben.send("private", { with: asker.id, frame: { type: "chat", payload: { message } } });
  await panelOf(ada).getByRole("article").getByText("the candles").waitFor();
  await shoot("private");
  await button(page, "All private messages").click();
  await panelOf(ada).getByRole("list", { name: "Conversations" }).waitFor();
  await shoot("private-list");
  await page.keyboard.press("Escape");
  await panelOf(ada).waitFor({ state: "hidden" });
}

async function hooks({ ada, page, shoot }: Scene): Promise<void> {
  if (isPhone(page)) await button(page, "Room options").click();
  else if (!(await button(page, "Hooks").isVisible())) await button(page, /\d+ people\b/).click();
  await button(page, "Hooks").click();
  const sheet = page.getByRole("dialog", { name: "Hooks" });
  await sheet.getByRole("button", { name: "New hook" }).waitFor();
  await shoot("hooks");
  await sheet.getByRole("button", { name: "New hook" }).click();
  await sheet.getByRole("textbox", { name: "Name" }).fill("Builds of the main branch");
  await shoot("hook-form");
  await sheet.getByRole("button", { name: "Create" }).click();
  await sheet.getByRole("button", { name: "Copy address" }).waitFor();
  await shoot("hook-made");
  await page.keyboard.press("Escape");
  const isBeside = (page.viewportSize()?.width ?? 0) >= 1_440;
  if (!isPhone(page) && !isBeside) await ada.hidesPeople();
}

/** What one missed, and what is above and below it. */
async function unread({ ada, page, ben, shoot }: Scene): Promise<void> {
  await ada.looksAway();
  for (let n = 1; n <= AWAY; n += 1) ben.say(`While you were away, message ${n} of ${AWAY}`);
  await ada.messages.getByText(`message ${AWAY} of`).waitFor();
  await ada.looksBack();
  await shoot("new-line-above");
  await page.getByRole("log").evaluate((log) => log.scrollBy(0, -650));
  await shoot("scrolled-up");
  await button(page, "Today").last().click();
  await page.getByRole("dialog", { name: "Jump to a date" }).waitFor();
  await shoot("day-menu");
  await page.keyboard.press("Escape");
  await page.goto(`/r/${CODE}#9999`);
  await page.getByText("No message in this room has that number.").waitFor();
  await shoot("jump-missing");
  await page.goto("/nonsense");
  await page.getByText("There is nothing at this address").waitFor();
  await shoot("no-page");
}

const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, exact: true });

const isPhone = (page: Page) => (page.viewportSize()?.width ?? 0) < 600;

const binary = (name: string, buffer: Buffer): GivenFile => ({
  name,
  buffer,
  mimeType: "application/zip",
});

/** On a phone, Enter breaks the line. */
async function says({ page, composer }: Person, text: string): Promise<void> {
  await composer.fill(text);
  await button(page, "Send").first().click();
}

async function toEnd({ page }: Person): Promise<void> {
  await page.waitForTimeout(REST_MS);
  const jump = button(page, /^(Jump to latest|\d+ new messages?)$/);
  if (await jump.isVisible()) await jump.click();
  await page.waitForTimeout(REST_MS);
}
