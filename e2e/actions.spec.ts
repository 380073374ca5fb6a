import { expect, test } from "./fixture.ts";
import { chooses, lineOf, menuOf, reactionOf, usesTool } from "./message-actions.ts";
import { stopUndoTime, type Undoing } from "./page-scripts.ts";

test("a reply quotes its message, and the quote leads there", async ({ meetInRoom }) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ada.say("Lunch at noon?\nOr later");
  await ben.say("By the way, it rains");
  await ada.say("It does");
  await ben.sees("It does");

  await usesTool(ben, "Lunch at noon?\nOr later", "Reply");
  await expect(ben.page.getByText("Replying to Ada")).toBeVisible();
  await expect(ben.composer).toBeFocused();
  await ben.say("Noon is fine");
  await expect(ben.page.getByText("Replying to")).toHaveCount(0);

  for (const person of [ada, ben]) {
    const quote = lineOf(person, "Noon is fine").getByRole("button", { name: /In reply to/ });
    await expect(quote).toHaveText("In reply toAdaLunch at noon?");
    await quote.click();
    await expect(lineOf(person, "Lunch at noon?\nOr later")).toBeFocused();
  }
});

test("a reply can be cancelled, and the draft stays", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.say("First");
  await ada.sees("First");
  await ada.composer.fill("Half a thought");
  await chooses(ada, "First", "Reply");
  await ada.composer.press("Escape");
  await expect(ada.page.getByText("Replying to")).toHaveCount(0);
  await expect(ada.composer).toHaveValue("Half a thought");

  await chooses(ada, "First", "Reply");
  await ada.page.getByRole("button", { name: "Cancel reply" }).click();
  await ada.composer.press("Enter");
  await ada.sees("Half a thought");
  await expect(ada.messages.getByText("In reply to")).toHaveCount(0);
});

test("a reply survives a reload, with the draft", async ({ meetInRoom }) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ben.say("Lunch at noon?");
  await ada.sees("Lunch at noon?");
  await chooses(ada, "Lunch at noon?", "Reply");
  await ada.composer.fill("Noon is f");
  await ada.page.reload();
  await expect(ada.page.getByText("Replying to Ben")).toBeVisible();
  await expect(ada.composer).toHaveValue("Noon is f");
  await ada.composer.press("End");
  await ada.composer.pressSequentially("ine");
  await ada.composer.press("Enter");
  await expect(lineOf(ben, "Noon is fine").getByText("In reply to")).toBeVisible();
  await ada.page.reload();
  await ada.sees("Noon is fine");
  await expect(ada.page.getByText("Replying to")).toHaveCount(0);
});

test("reactions are counted for everybody, by name", async ({ meetInRoom }) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ada.say("Cake on Friday");
  await ben.sees("Cake on Friday");

  await chooses(ben, "Cake on Friday", "🎉");
  await expect(reactionOf(ben, "Cake on Friday", "🎉 1: You")).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await reactionOf(ada, "Cake on Friday", "🎉 1: Ben").click();
  await expect(reactionOf(ben, "Cake on Friday", "🎉 2: You and Ada")).toBeVisible();
  await reactionOf(ben, "Cake on Friday", "🎉 2: You and Ada").click();
  await expect(reactionOf(ada, "Cake on Friday", "🎉 1: You")).toBeVisible();
  await reactionOf(ada, "Cake on Friday", "🎉 1: You").click();
  await expect(ben.messages.getByRole("list", { name: "Reactions" })).toHaveCount(0);
});

test("any emoji can be found and reacted with", async ({ meetInRoom }) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ada.say("We moved");
  await ben.sees("We moved");

  await usesTool(ben, "We moved", "React");
  const picker = ben.page.getByRole("dialog", { name: "React with an emoji" });
  await expect(picker.getByRole("searchbox")).toBeFocused();
  await picker.getByRole("searchbox").fill("sai");
  await ben.page.keyboard.press("Escape");
  await expect(picker).toHaveCount(0);

  await usesTool(ben, "We moved", "React");
  await picker.getByRole("searchbox").fill("sail");
  await picker.getByRole("button", { name: "sailboat" }).click();
  await expect(reactionOf(ada, "We moved", "⛵ 1: Ben")).toBeVisible();

  await usesTool(ben, "We moved", "React");
  await picker.getByRole("searchbox").fill("🦥");
  await picker.getByRole("searchbox").press("Enter");
  await expect(reactionOf(ada, "We moved", "🦥 1: Ben")).toBeVisible();
});

test("an edit is marked, and only one's own message offers it", async ({ meetInRoom }) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ada.say("At nine");
  await ben.sees("At nine");

  await chooses(ada, "At nine", "Edit");
  await expect(ada.composer).toBeFocused();
  await expect(ada.composer).toHaveValue("At nine");
  await ada.say("");
  await expect(ada.composer).toHaveAccessibleDescription(/cannot be empty/);
  await ada.say("At ten");
  for (const person of [ada, ben]) {
    await expect(lineOf(person, "At ten").getByText("edited", { exact: true })).toBeVisible();
    await person.doesNotSee("At nine");
  }
  await usesTool(ben, "At ten", "More actions");
  await expect(menuOf(ben).getByRole("menuitem")).toHaveText([
    "",
    "Reply",
    "Copy text",
    "Copy link",
    "Pin",
    "Message privately",
  ]);
});

test("a deletion can be undone for a while, and leaves a trace", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.page.addInitScript(stopUndoTime);
  const ben = await meet("Ben");
  await ada.join(room);
  await ben.join(room);
  await ada.say("Said too soon");
  await ben.sees("Said too soon");
  await usesTool(ben, "Said too soon", "Reply");
  await ben.say("Is it?");

  await chooses(ada, "Said too soon", "Delete");
  const undo = ada.messages.getByRole("button", { name: "Undo" });
  await expect(undo).toBeFocused();
  await undo.click();
  await expect(lineOf(ada, "Said too soon")).toBeFocused();
  await ada.say("Still here");
  await ben.sees("Still here");
  await expect(lineOf(ben, "Said too soon")).toHaveCount(1);

  await chooses(ada, "Said too soon", "Delete");
  await expect(ada.messages.getByText("Message deleted").first()).toBeVisible();
  await expect(lineOf(ben, "Said too soon")).toHaveCount(1);
  await ada.page.evaluate(() => (window as Undoing).letUndoTimeEnd?.());
  for (const person of [ben, ada]) {
    const quote = lineOf(person, "Is it?").getByRole("button", { name: /In reply to/ });
    await expect(quote).toHaveText("In reply toAdaMessage deleted");
    await expect(lineOf(person, "Said too soon")).toHaveCount(0);
    const deleted = person.page.locator("[data-said]", { hasText: "Message deleted" });
    await expect(deleted.filter({ hasNotText: "In reply to" })).toHaveCount(1);
  }
});

test("a deletion survives the page that decided it", async ({ meetInRoom }) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ada.say("Not for long");
  await ben.sees("Not for long");
  await chooses(ada, "Not for long", "Delete");
  await ada.reloads();
  await expect(ben.messages.getByText("Message deleted")).toBeVisible();
  await expect(ada.messages.getByText("Message deleted")).toBeVisible();
});

test("a deletion right before leaving is sent", async ({ meetInRoom }) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ada.say("Not for long");
  await ben.sees("Not for long");
  await chooses(ada, "Not for long", "Delete");
  await ada.leaves();
  await expect(ben.messages.getByText("Message deleted")).toBeVisible();
  await ben.seesCount(1);
});

test("the text and the link of a message can be copied, and the link leads to it", async ({
  meet,
  room,
}) => {
  const permissions = ["clipboard-read", "clipboard-write"];
  const ada = await meet("Ada", { permissions });
  await ada.join(room);
  await ada.say("**Bold** words");
  await ada.say("And others");
  await ada.sees("And others");
  const copied = () => ada.page.evaluate(() => navigator.clipboard.readText());

  await chooses(ada, "Bold words", "Copy text");
  await ada.hasSeen(/^Text copied/);
  expect(await copied()).toBe("**Bold** words");

  await chooses(ada, "Bold words", "Copy link");
  await ada.hasSeen(/^Link copied/);
  const link = await copied();
  expect(link).toMatch(new RegExp(`/r/${room}#1$`));

  const ben = await meet("Ben");
  await ben.page.goto(link);
  await ben.entersAs("Ben");
  await expect(lineOf(ben, "Bold words")).toBeFocused();
});
