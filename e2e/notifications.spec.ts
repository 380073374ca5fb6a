import { wholeBrowser } from "./browsers.ts";
import { expect, test } from "./fixture.ts";
import { bell, wishes } from "./notification-panel.ts";
import type { Person } from "./people.ts";

test.use({ launchOptions: wholeBrowser, serviceWorkers: "allow" });

/** The system notifications that a page shows, the oldest first. */
function notifications({ page }: Person): Promise<string[]> {
  return page.evaluate(async () => {
    const worker = await navigator.serviceWorker.ready;
    const shown = await worker.getNotifications();
    return shown.map(({ title, body }) => `${title}: ${body}`.replaceAll(/[\u2068\u2069]/g, ""));
  });
}

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
  await expect(ada.page.getByText("Notifications are blocked.")).toBeVisible();
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
