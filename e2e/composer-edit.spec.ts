import { expect, test } from "./fixture.ts";
import { chooses, usesTool } from "./message-actions.ts";
import { stopUndoTime, type Undoing } from "./page-scripts.ts";
import type { Person } from "./people.ts";

const editing = ({ page }: Person) => page.getByText("Editing your message");

/** Leaves for another room and comes back, while both stay connected. */
async function visitsAnother(person: Person, room: string): Promise<void> {
  await person.joinsAnother(`${room}-2`);
  const rooms = person.page.getByRole("list", { name: "Rooms" });
  await rooms.locator(`a[href$="/r/${room}"]`).click();
  await expect(person.page).toHaveURL(new RegExp(`/r/${room}$`));
  await person.isInRoom();
}

test("an edit in progress survives another room and a reload", async ({ meet, room }) => {
  const ada = await meet("Ada", { viewport: { width: 1280, height: 800 } });
  await ada.join(room);
  await ada.say("At nine");
  await ada.hasSentAll();
  await ada.composer.fill("A draft");
  await chooses(ada, "At nine", "Edit");
  await ada.composer.fill("At nine thirty");
  await visitsAnother(ada, room);
  await expect(editing(ada)).toBeVisible();
  await expect(ada.composer).toHaveValue("At nine thirty");

  await ada.composer.press("End");
  await ada.composer.pressSequentially(" sharp");
  await ada.reloads();
  await expect(editing(ada)).toBeVisible();
  await expect(ada.composer).toHaveValue("At nine thirty sharp");
  await ada.composer.press("Enter");
  await ada.sees("At nine thirty sharp");
  await expect(ada.composer).toHaveValue("A draft");

  await ada.hasSentAll();
  await ada.reloads();
  await ada.sees("At nine thirty sharp");
  await expect(ada.composer).toHaveValue("A draft");
  await expect(editing(ada)).toHaveCount(0);
});

test("an edit that was left for a reply or another edit does not come back", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.say("One");
  await ada.say("Two");
  await ada.hasSentAll();
  await chooses(ada, "One", "Edit");
  await ada.composer.fill("One, changed");
  await chooses(ada, "Two", "Edit");
  await expect(ada.composer).toHaveValue("Two");
  await ada.composer.fill("Two, changed");
  await usesTool(ada, "One", "Reply");
  await ada.reloads();
  await expect(ada.page.getByText("Replying to")).toBeVisible();
  await expect(editing(ada)).toHaveCount(0);
  await expect(ada.composer).toHaveValue("");
});

test("after an edit, the reply that was begun before goes on", async ({ meetInRoom }) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ben.say("Lunch at noon?");
  await ada.say("A tpyo");
  await ada.sees("Lunch at noon?");
  await ada.hasSentAll();
  await usesTool(ada, "Lunch at noon?", "Reply");
  await ada.composer.fill("Noon is fine");
  for (const key of ["Escape", "Enter"]) {
    await chooses(ada, "A tpyo", "Edit");
    await ada.composer.fill("A typo");
    await ada.composer.press(key);
    await expect(ada.page.getByText("Replying to Ben")).toBeVisible();
    await expect(ada.composer).toHaveValue("Noon is fine");
  }
  await ada.reloads();
  await expect(ada.page.getByText("Replying to Ben")).toBeVisible();
  await ada.composer.press("Enter");
  await ben.sees("Noon is fine");
  await expect(ben.messages.getByText("In reply to")).toHaveCount(1);
});

test.describe("a message that is deleted in another tab", () => {
  /** A second tab of the same person, in which they delete a message for good. */
  async function deletesElsewhere(person: Person, text: string): Promise<void> {
    await person.page.context().addInitScript(stopUndoTime);
    const tab = await person.opensAnotherTab();
    await chooses(tab, text, "Delete");
    await expect(tab.messages.getByRole("button", { name: "Undo" })).toBeVisible();
    await tab.page.evaluate(() => (window as Undoing).letUndoTimeEnd?.());
    await expect(person.messages.getByText("Message deleted").first()).toBeVisible();
    await tab.page.close();
  }

  test("is no longer edited; its new text is kept as a draft", async ({ meetInRoom }) => {
    const [ada, ben] = await meetInRoom("Ada", "Ben");
    await ada.say("At nine");
    await ben.sees("At nine");
    await chooses(ada, "At nine", "Edit");
    await ada.composer.fill("At nine thirty");
    await deletesElsewhere(ada, "At nine");
    await expect(editing(ada)).toHaveCount(0);
    await expect(ada.composer).toHaveValue("At nine thirty");
    await expect(ada.composer).toHaveAccessibleDescription(
      "The message was deleted. Your new text is kept here.",
    );
    await ada.reloads();
    await expect(ada.composer).toHaveValue("At nine thirty");
    await ada.composer.press("Enter");
    await ben.sees("At nine thirty");
    await expect(ben.messages.getByText("edited", { exact: true })).toHaveCount(0);
  });

  test("is no longer edited; a draft that was there goes before its new text", async ({
    meet,
    room,
  }) => {
    const ada = await meet("Ada");
    await ada.join(room);
    await ada.say("At nine");
    await ada.hasSentAll();
    await ada.composer.fill("A draft");
    await chooses(ada, "At nine", "Edit");
    await ada.composer.fill("At nine thirty");
    await deletesElsewhere(ada, "At nine");
    await expect(editing(ada)).toHaveCount(0);
    await expect(ada.composer).toHaveValue("A draft\nAt nine thirty");
  });

  test("leaves no draft if its text was not changed", async ({ meet, room }) => {
    const ada = await meet("Ada");
    await ada.join(room);
    await ada.say("At nine");
    await ada.hasSentAll();
    await chooses(ada, "At nine", "Edit");
    await deletesElsewhere(ada, "At nine");
    await expect(editing(ada)).toHaveCount(0);
    await expect(ada.composer).toHaveValue("");
    await expect(ada.composer).toHaveAccessibleDescription("The message was deleted.");
  });

  test("is not shown above a reply to it", async ({ meet, room }) => {
    const ada = await meet("Ada");
    await ada.join(room);
    await ada.say("Lunch at noon?");
    await ada.hasSentAll();
    await usesTool(ada, "Lunch at noon?", "Reply");
    const reply = ada.page.getByRole("paragraph").filter({ hasText: "Replying to" });
    await expect(reply).toContainText("Lunch at noon?");
    await deletesElsewhere(ada, "Lunch at noon?");
    await expect(reply).toHaveText(/Message deleted$/);
  });
});
