import { PlainClient } from "@parley/testkit/plain-client";
import { axeFindingsInBothThemes } from "./axe.ts";
import { expect, test } from "./fixture.ts";
import { boxOf, conversationOf, panelOf, writesTo } from "./private-panel.ts";

test("two people write privately, and a third sees nothing", async ({ meet, room }) => {
  const [ada, ben, cem] = [await meet("Ada"), await meet("Ben"), await meet("Cem")];
  for (const person of [ada, ben, cem]) await person.join(room);
  await ada.seesCount(3);
  await writesTo(ada, "Ben");
  await boxOf(ada, "Ben").fill("psst");
  await boxOf(ada, "Ben").press("Enter");
  await expect(conversationOf(ada).getByText("psst", { exact: true })).toBeVisible();

  await expect(ben.page).toHaveTitle(/^\(1\)/);
  await ben.page.getByRole("button", { name: "Private messages, 1 new" }).click();
  await ben.page.getByRole("list", { name: "Conversations" }).getByRole("button").click();
  await expect(conversationOf(ben).getByText("psst", { exact: true })).toBeVisible();
  await expect(ben.page).not.toHaveTitle(/^\(1\)/);
  await boxOf(ben, "Ada").fill("what?");
  await boxOf(ben, "Ada").press("Enter");
  await expect(conversationOf(ada).getByText("what?", { exact: true })).toBeVisible();
  expect(await axeFindingsInBothThemes(ada)).toEqual([]);

  const tab = await ada.opensAnotherTab();
  await tab.page.getByRole("button", { name: "Private messages" }).click();
  await tab.page.getByRole("list", { name: "Conversations" }).getByRole("button").click();
  await expect(conversationOf(tab).getByText("what?", { exact: true })).toBeVisible();

  await ben.say("for all");
  await cem.sees("for all");
  await cem.doesNotSee("psst");
  await boxOf(ada, "Ben").press("Escape");
  await expect(panelOf(ada)).toHaveCount(0);
});

test("/w opens the conversation with the text, and sends nothing", async ({
  meet,
  room,
  server,
}) => {
  const ada = await meet("Ada");
  await ada.join(room);
  const wscat = await PlainClient.join(server.socketUrl, room, "Ben");
  await ada.seesCount(2);
  await ada.composer.fill("/w Zoe hello");
  await ada.composer.press("Enter");
  await expect(ada.page.getByText("Nobody here has that name. Nothing was sent.")).toBeVisible();
  await ada.composer.fill("/w ben hello");
  await ada.composer.press("Enter");
  await expect(boxOf(ada, "Ben")).toHaveValue("hello");
  await expect(boxOf(ada, "Ben")).toBeFocused();
  await expect(ada.composer).toHaveValue("");
  await expect(conversationOf(ada).getByText("hello", { exact: true })).toHaveCount(0);
  await ada.say("for all");
  await ada.sees("for all");
  await ada.doesNotSee("hello");

  // A plain client reads and answers; then it is gone, and another of that name is here.
  await boxOf(ada, "Ben").press("Enter");
  const { with: partner } = await wscat.next("private");
  wscat.send("private", {
    with: partner.id,
    frame: { type: "chat", payload: { message: "yes?", id: "yes" } },
  });
  await expect(conversationOf(ada).getByText("yes?", { exact: true })).toBeVisible();
  await wscat.leave();
  const note = panelOf(ada).getByRole("status");
  await expect(note.filter({ hasText: "They see this when they come back" })).toBeVisible();
  const other = await PlainClient.join(server.socketUrl, room, "Ben");
  await expect(note.filter({ hasText: "they cannot read it" })).toBeVisible();
  other.close();
  wscat.close();
});

test("[D5] what is written without a server is sent later, in order, also with the panel closed", async ({
  meet,
  room,
  server,
}) => {
  const [ada, ben] = [await meet("Ada"), await meet("Ben")];
  for (const person of [ada, ben]) await person.join(room);
  await ada.seesCount(2);
  await writesTo(ada, "Ben");
  await boxOf(ada, "Ben").fill("one");
  await boxOf(ada, "Ben").press("Enter");
  await expect(ben.page).toHaveTitle(/^\(1\)/);
  await server.kill();
  for (const text of ["two", "three"]) {
    await boxOf(ada, "Ben").fill(text);
    await boxOf(ada, "Ben").press("Enter");
  }
  await expect(conversationOf(ada).getByText("Queued", { exact: true })).toHaveCount(2);
  await boxOf(ada, "Ben").press("Escape");
  await expect(panelOf(ada)).toHaveCount(0);
  await server.start();
  await ben.page.getByRole("button", { name: "Private messages, 3 new" }).click();
  await ben.page.getByRole("list", { name: "Conversations" }).getByRole("button").click();
  await expect(conversationOf(ben)).toHaveText(/one.*two.*three/s);
});

test("[W7] a conversation says who else can read it, and takes the commands of the room", async ({
  meet,
  room,
}) => {
  const [ada, ben] = [await meet("Ada"), await meet("Ben")];
  for (const person of [ada, ben]) await person.join(room);
  await ada.seesCount(2);
  await writesTo(ada, "Ben");
  const note = "No other member sees this. Who runs the server can.";
  await expect(panelOf(ada).getByText(note).filter({ visible: true })).toBeVisible();
  const box = boxOf(ada, "Ben");
  await box.fill("/me waves");
  await box.press("Enter");
  await expect(conversationOf(ada).locator("em")).toHaveText("waves");
  await expect(conversationOf(ada).getByText(note)).toBeVisible();
  await box.fill("/name Grace");
  await box.press("Enter");
  await expect(box).toHaveValue("");
  await ben.seesPeople("Ben", "Grace");
  await box.fill("hello");
  await box.press("Enter");
  await ben.page.getByRole("button", { name: "Private messages, 2 new" }).click();
  await expect(ben.page.getByRole("list", { name: "Conversations" })).toContainText("Grace");
  await box.fill("/dance");
  await box.press("Enter");
  await expect(box).toHaveAccessibleDescription(/no command \/dance/);
  await box.fill("/help");
  await box.press("Enter");
  await expect(ada.page.getByRole("dialog", { name: "Shortcuts and commands" })).toBeVisible();
});
