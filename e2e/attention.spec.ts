import { expect, test } from "./fixture.ts";
import { bell, wishes } from "./notification-panel.ts";
import type { Person } from "./people.ts";

const icon = ({ page }: Person) => page.locator("link[rel=icon]");

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

/** Changes the last message that is stored as read, as another tab does; returns the one before. */
function storesLastRead({ page }: Person, change: number): Promise<number> {
  return page.evaluate((by) => {
    const stored = localStorage.getItem("parley.recent") ?? "";
    const before = Number(/"lastRead":(\d+)/.exec(stored)?.[1]);
    localStorage.setItem(
      "parley.recent",
      stored.replace(`"lastRead":${before}`, `"lastRead":${before + by}`),
    );
    return before;
  }, change);
}

/** Waits until this message is stored as the last one; all before it are read. */
async function storesRead({ page }: Person, text: string): Promise<void> {
  const stored = () => page.evaluate(() => localStorage.getItem("parley.recent"));
  await expect.poll(stored).toContain(text);
}

test("a tab that has read less does not make messages unread again", async ({ meetInRoom }) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  const other = await ada.opensAnotherTab();
  await other.page.goto("/");
  await ben.say("Seen");
  await storesRead(ada, "Seen");
  const read = await storesLastRead(other, -1);
  await expect.poll(() => storesLastRead(other, 0)).toBe(read);
});

test("a message that another tab has shown before it arrives is not unread", async ({
  meetInRoom,
  room,
}) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  const other = await ada.opensAnotherTab();
  await other.page.goto("/");
  await ben.say("First");
  await storesRead(ada, "First");
  await ada.looksAway();
  await storesLastRead(other, 1);
  await ben.say("Read elsewhere");
  await ada.sees("Read elsewhere");
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
