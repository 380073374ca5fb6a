import { expect, test } from "./fixture.ts";
import { usesTool } from "./message-actions.ts";

const draftOf = (room: string) => `parley.draft.${room}`;

test("a draft that one tab sends leaves the box of the other one", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.say("Lunch at noon?");
  await ada.hasSentAll();
  await usesTool(ada, "Lunch at noon?", "Reply");
  await ada.composer.fill("Written once");
  await ada.page.evaluate(() => window.dispatchEvent(new Event("pagehide")));
  const other = await ada.opensAnotherTab();
  await expect(other.composer).toHaveValue("Written once");
  await expect(other.page.getByText("Replying to")).toBeVisible();

  await ada.composer.press("Enter");
  await expect(other.composer).toHaveValue("");
  await expect(other.page.getByText("Replying to")).toHaveCount(0);
  await other.composer.press("Enter");
  await other.say("And on");
  await ada.seesInOrder("Written once", "And on");
  await ada.sees("Written once");
});

test("a text that a tab has just changed is not replaced by that of another tab", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.composer.fill("One text");
  await ada.page.evaluate(() => window.dispatchEvent(new Event("pagehide")));
  const other = await ada.opensAnotherTab();
  await expect(other.composer).toHaveValue("One text");
  // What is written here is not stored before the time runs again.
  await other.page.clock.install();
  await other.page.clock.pauseAt(Date.now() + 1_000);
  await other.composer.fill("One text, and more");
  await ada.say("One text");
  await ada.hasSentAll();
  const stored = () => other.page.evaluate((key) => localStorage.getItem(key), draftOf(room));
  await expect.poll(stored).toBeNull();
  await expect(other.composer).toHaveValue("One text, and more");
});
