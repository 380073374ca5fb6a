import type { PlainClient } from "@parley/testkit/plain-client";
import { expect, test } from "./fixture.ts";
import { lineOf } from "./message-actions.ts";
import type { Person } from "./people.ts";
import { talkative } from "./talkative.ts";

/** Fewer lines than a room is joined with, and more than any of these windows shows. */
const READ = 40;
/** More than a join brings at once. */
const UNREAD = 120;
const DESKTOP = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const newLine = ({ messages }: Person) => messages.getByText("New", { exact: true });
const up = ({ page }: Person) => page.getByRole("button", { name: /^\d+ new further up$/ });
const down = ({ page }: Person) =>
  page.getByRole("button", { name: /^(?:\d+ new messages?|Jump to latest)$/ });

/** How far below the top of the log something stands, in px. */
async function depthOf({ messages }: Person, locator: ReturnType<typeof newLine>) {
  const [log, line] = await Promise.all([messages.boundingBox(), locator.boundingBox()]);
  return (line?.y ?? Number.NaN) - (log?.y ?? Number.NaN);
}

for (const habits of [DESKTOP, PHONE]) {
  test(`a room opens where the user left off on ${habits.viewport.width} px`, async ({
    meet,
    room,
    server,
  }) => {
    const ben = await talkative(server.socketUrl, room, READ);
    const ada = await meet("Ada", habits);
    await ada.join(room);
    await expect(lineOf(ada, `Line ${READ}`)).toBeInViewport();
    await expect(newLine(ada)).toHaveCount(0);
    await ada.page.goto("/");
    for (let line = 1; line <= UNREAD; line += 1) ben.say(`News ${line}`);
    for (let line = 1; line <= UNREAD; line += 1) await ben.next("chat");

    await ada.page.goto(`/r/${room}`);
    await expect(newLine(ada)).toBeInViewport();
    await expect(lineOf(ada, "News 1")).toBeInViewport();
    await expect(down(ada)).toBeVisible();
    await expect.poll(() => depthOf(ada, newLine(ada))).toBeLessThan(habits.viewport.height / 4);
    await expect(up(ada)).toHaveCount(0);

    // What comes now moves nothing.
    const before = await depthOf(ada, newLine(ada));
    ben.say("One more");
    await expect(down(ada)).toHaveText(/\d+ new messages/);
    expect(Math.abs((await depthOf(ada, newLine(ada))) - before)).toBeLessThan(1);

    await down(ada).click();
    await expect(lineOf(ada, "One more")).toBeInViewport();
    await expect(down(ada)).toHaveCount(0);
    await expect(ada.page).toHaveTitle(`${room} · Parley`);
    ben.say("To one at the end");
    await expect(lineOf(ada, "To one at the end")).toBeInViewport();

    await ada.page.goto("/");
    await ada.page.goto(`/r/${room}`);
    await expect(lineOf(ada, "To one at the end")).toBeInViewport();
    await expect(newLine(ada)).toHaveCount(0);
  });
}

test("one who comes back to a tab is led up to what is new", async ({ meet, room, server }) => {
  const ben = await talkative(server.socketUrl, room, READ);
  const ada = await meet("Ada", DESKTOP);
  await ada.join(room);
  await expect(lineOf(ada, `Line ${READ}`)).toBeInViewport();
  await ada.looksAway();
  for (let line = 1; line <= 60; line += 1) ben.say(`News ${line}`);
  await expect(ada.page).toHaveTitle(/^\(60\)/);
  await ada.looksBack();
  await expect(lineOf(ada, "News 60")).toBeInViewport();
  await up(ada).click();
  await expect(newLine(ada)).toBeInViewport();
  await expect(lineOf(ada, "News 1")).toBeInViewport();
  await expect(ada.messages).toBeFocused();
  await expect(up(ada)).toHaveCount(0);

  // It is done with once all was read.
  await ada.page.keyboard.press("End");
  await expect(lineOf(ada, "News 60")).toBeInViewport();
  await expect(down(ada)).toHaveCount(0);
  await expect(up(ada)).toHaveCount(0);
  await ada.messages.press("Home");
  await expect(newLine(ada)).toHaveCount(0);
});

/** Reads a room to its end, leaves it, and comes back to what was said meanwhile. */
async function comesBackToNews(ada: Person, ben: PlainClient, room: string): Promise<void> {
  await ada.join(room);
  await expect(lineOf(ada, `Line ${READ}`)).toBeInViewport();
  await ada.page.goto("/");
  for (let line = 1; line <= UNREAD; line += 1) ben.say(`News ${line}`);
  for (let line = 1; line <= UNREAD; line += 1) await ben.next("chat");
  await ada.page.goto(`/r/${room}`);
  await expect(lineOf(ada, "News 1")).toBeInViewport();
}

test("what was read on the way is not new again", async ({ meet, room, server }) => {
  const ben = await talkative(server.socketUrl, room, READ);
  const ada = await meet("Ada", DESKTOP);
  await comesBackToNews(ada, ben, room);
  const unread = async () => Number(/\((\d+)\)/.exec(await ada.page.title())?.[1] ?? Number.NaN);
  await expect.poll(unread).toBeLessThan(UNREAD);
  const before = await unread();
  await ada.messages.hover();
  await ada.page.mouse.wheel(0, 1_000);
  await expect.poll(unread).toBeLessThan(before);
  const after = await unread();

  await ada.page.goto("/");
  const recent = ada.page.getByRole("listitem").filter({ hasText: room });
  await expect(recent).toContainText(`${after} new`);
});

test("what was read is kept before anything around the messages is there", async ({
  meet,
  room,
  server,
}) => {
  const ben = await talkative(server.socketUrl, room, READ);
  const ada = await meet("Ada", { ...DESKTOP, serviceWorkers: "block" });
  await ada.page.route("**/assets/around*", (route) => route.abort());
  await comesBackToNews(ada, ben, room);
  await expect(newLine(ada)).toBeInViewport();
});

test("a room that was beside the talk opens at what came there meanwhile", async ({
  meet,
  room,
  server,
}) => {
  const [lake, sea] = [`${room}-lake`, `${room}-sea`];
  const ben = await talkative(server.socketUrl, lake, READ);
  const ada = await meet("Ada", DESKTOP);
  await ada.join(lake);
  await expect(lineOf(ada, `Line ${READ}`)).toBeInViewport();
  await ada.joinsAnother(sea);
  const row = (name: string) =>
    ada.page.getByRole("list", { name: "Rooms" }).getByRole("listitem").filter({ hasText: name });
  for (let line = 1; line <= UNREAD; line += 1) ben.say(`News ${line}`);
  await expect(row(lake)).toContainText(`Ben: News ${UNREAD}`);
  await expect(row(lake)).toContainText("99+ new");
  await row(lake).getByRole("link").click();
  await expect(newLine(ada)).toBeInViewport();
  await expect(lineOf(ada, "News 1")).toBeInViewport();

  // One's own words lead to the end.
  await ada.say("My own words");
  await expect(lineOf(ada, "My own words")).toBeInViewport();
  await expect(newLine(ada)).toHaveCount(0);
});
