import { wholeBrowser } from "./browsers.ts";
import { expect, test } from "./fixture.ts";
import type { Person } from "./people.ts";

test.use({ launchOptions: wholeBrowser, serviceWorkers: "allow" });

const icon = ({ page }: Person) => page.locator("link[rel=icon]");
const bell = ({ page }: Person) => page.getByRole("button", { name: /^Notifications/ });

/** The system notifications that a page shows, the oldest first. */
function notifications({ page }: Person): Promise<string[]> {
  return page.evaluate(async () => {
    const worker = await navigator.serviceWorker.ready;
    const shown = await worker.getNotifications();
    return shown.map(({ title, body }) => `${title}: ${body}`.replaceAll(/[\u2068\u2069]/g, ""));
  });
}

async function wishes({ page }: Person, choice: string): Promise<void> {
  const panel = page.getByRole("dialog", { name: "Notifications" });
  if (!(await panel.isVisible()))
    await page.getByRole("button", { name: /^Notifications/ }).click();
  await panel.getByLabel(choice).click();
}

test("the tab counts new messages while it is hidden, until the end is really seen", async ({
  meetInRoom,
  room,
}) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ben.say("Seen");
  await ada.sees("Seen");
  await expect(ada.page).toHaveTitle(`${room} · Parley`);
  await expect(icon(ada)).toHaveAttribute("href", "/favicon.svg");

  await ada.looksAway();
  await ben.say("Not seen");
  await ben.say("Nor this");
  await expect(ada.page).toHaveTitle(`(2) ${room} · Parley`);
  await expect(icon(ada)).toHaveAttribute("href", /^data:image\/png/);

  await ada.looksBack();
  await expect(ada.page).toHaveTitle(`${room} · Parley`);
  await expect(icon(ada)).toHaveAttribute("href", "/favicon.svg");
  await ada.seesInOrder("Seen", "New", "Not seen", "Nor this");
});

test("a user who comes back further up has not seen the end yet", async ({ meet, room }) => {
  const ada = await meet("Ada", { viewport: { width: 800, height: 500 } });
  const ben = await meet("Ben");
  await ada.join(room);
  await ben.join(room);
  for (let line = 1; line <= 12; line += 1) await ben.say(`Line ${line}\nand its second`);
  await expect(ada.messages.getByText(/^Line 12/)).toBeVisible();
  await ada.messages.hover();
  await ada.page.mouse.wheel(0, -2_000);
  await expect(ada.page.getByRole("button", { name: "Jump to latest" })).toBeVisible();

  await ada.looksAway();
  await ben.say("Far below");
  await expect(ada.page).toHaveTitle(`(1) ${room} · Parley`);
  await ada.looksBack();
  const jump = ada.page.getByRole("button", { name: "1 new message" });
  await expect(jump).toBeVisible();
  await expect(ada.page).toHaveTitle(`(1) ${room} · Parley`);
  await jump.click();
  await expect(ada.page).toHaveTitle(`${room} · Parley`);
});

test("nobody is asked for notifications before they want some", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.page.addInitScript(() => {
    Notification.requestPermission = () => {
      document.documentElement.dataset["asked"] = "yes";
      return Promise.resolve("denied");
    };
  });
  await ada.join(room);
  await bell(ada).click();
  await expect(ada.page.getByLabel("Never")).toBeChecked();
  const tip = () =>
    bell(ada).evaluate((element) => getComputedStyle(element, "::after").visibility);
  await expect.poll(tip, "the tip of a button whose panel is open").toBe("hidden");
  await expect(ada.page.locator("html")).not.toHaveAttribute("data-asked");

  await ada.page.getByLabel("Every message").click();
  await expect(ada.page.locator("html")).toHaveAttribute("data-asked");
  await expect(ada.page.getByText("This browser was told to show none.")).toBeVisible();
  await expect(ada.page.getByLabel("Never")).toBeChecked();
  await ada.page.keyboard.press("Escape");
  await expect(ada.page.getByRole("dialog", { name: "Notifications" })).toBeHidden();
  await expect(bell(ada)).toBeFocused();
});

test("the system notifies of every message, of mentions only, or not at all", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada", { permissions: ["notifications"] });
  const ben = await meet("Ben");
  await ada.join(room);
  await ben.join(room);
  await wishes(ada, "Every message");
  await ben.say("She looks");
  await ada.sees("She looks");

  await ada.looksAway();
  await ben.say("It **rains**");
  await expect.poll(() => notifications(ada)).toEqual([`Ben · ${room}: It rains`]);

  await ada.looksBack();
  await wishes(ada, "Mentions and replies to me");
  await ada.looksAway();
  await ben.say("Somebody there?");
  await ben.say("ada, the ferry leaves");
  await ben.say("Bye");
  await expect
    .poll(() => notifications(ada))
    .toEqual([expect.stringContaining("the ferry leaves")]);

  await ada.looksBack();
  await wishes(ada, "Mute this room");
  await expect(bell(ada)).toHaveAccessibleName("Notifications, muted");
  await ada.looksAway();
  await ben.say("Ada? Last call");
  await expect(ada.page).toHaveTitle(/^\(1\)/);
  await ada.looksBack();
  await ada.sees("Ada? Last call");
  expect(await notifications(ada)).toEqual([expect.stringContaining("the ferry leaves")]);
});

test("an optional sound is played for unseen messages", async ({ meet, room }) => {
  const ada = await meet("Ada");
  const ben = await meet("Ben");
  await ada.page.addInitScript(() => {
    OscillatorNode.prototype.start = () => {
      const { dataset } = document.documentElement;
      dataset["notes"] = String(Number(dataset["notes"] ?? 0) + 1);
    };
    OscillatorNode.prototype.stop = () => undefined;
  });
  await ada.join(room);
  await ben.join(room);
  await ada.looksAway();
  await ben.say("In silence");
  await expect(ada.page).toHaveTitle(/^\(1\)/);
  await ada.looksBack();
  await ada.sees("In silence");
  await expect(ada.page.locator("html")).not.toHaveAttribute("data-notes");

  await wishes(ada, "Play a sound");
  await expect(ada.page.locator("html")).toHaveAttribute("data-notes", "2");
  // One sound at a time, over all tabs.
  const calls = () => navigator.locks.query().then(({ held = [] }) => held.map(({ name }) => name));
  await expect.poll(() => ada.page.evaluate(calls)).not.toContain("parley:chime");
  await ada.looksAway();
  await ben.say("Ding");
  await expect(ada.page.locator("html")).toHaveAttribute("data-notes", "4");
});

test("a message that one tab has shown is not unread in another", async ({ meet, room }) => {
  const ada = await meet("Ada");
  const ben = await meet("Ben");
  await ada.join(room);
  const other = await ada.opensAnotherTab();
  await other.isInRoom();
  await ben.join(room);
  await ada.looksAway();
  await other.looksAway();
  await ben.say("Anybody?");
  await expect(ada.page).toHaveTitle(/^\(1\)/);
  await expect(other.page).toHaveTitle(/^\(1\)/);

  await other.looksBack();
  await expect(other.page).toHaveTitle(`${room} · Parley`);
  await expect(ada.page).toHaveTitle(`${room} · Parley`);
});

test("recent rooms show their unread messages, and the room shows where they begin", async ({
  meetInRoom,
  room,
}) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ben.say("Seen");
  await ada.sees("Seen");
  await ada.looksAway();
  await ben.say("Too late");
  await expect(ada.page).toHaveTitle(/^\(1\)/);
  await ada.page.goto("/");
  const recent = ada.page.getByRole("listitem").filter({ hasText: room });
  await expect(recent).toContainText("1 new");

  await ben.say("Still there?");
  await recent.getByRole("link").click();
  await ada.seesInOrder("Seen", "New", "Too late", "Still there?");
  await ada.leaves();
  await expect(recent).toBeVisible();
  await expect(recent).not.toContainText("new");
});

test("the join screen says how long messages are kept", async ({ meet }) => {
  const ada = await meet("Ada");
  await ada.page.goto("/");
  await expect(ada.page.getByText("Messages stay on this server for 90 days")).toBeVisible();
});

test("a room stays muted, and messages compact, after a reload", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.page.getByRole("button", { name: "Room options" }).click();
  await ada.page.getByLabel("Mute this room").check();
  await ada.page.getByLabel("Compact").check();
  await ada.reloads();
  await expect(bell(ada)).toHaveAccessibleName("Notifications, muted");
  await expect(ada.page.locator("html")).toHaveAttribute("data-density", "compact");
});
