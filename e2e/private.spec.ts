import { PlainClient } from "@parley/testkit/plain-client";
import { axeFindingsInBothThemes } from "./axe.ts";
import { expect, test } from "./fixture.ts";
import { chooses, lineOf, reactionOf } from "./message-actions.ts";
import {
  boxOf,
  conversationOf,
  opensConversation,
  panelOf,
  privately,
  saysPrivately,
  seesPrivately,
  writesTo,
} from "./private-panel.ts";

test("two people write privately, and a third sees nothing", async ({ meetInRoom }) => {
  const [ada, ben, cem] = await meetInRoom("Ada", "Ben", "Cem");
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
  meetInRoom,
  server,
}) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ada.seesCount(2);
  await writesTo(ada, "Ben");
  await boxOf(ada, "Ben").fill("one");
  await boxOf(ada, "Ben").press("Enter");
  await expect(ben.page).toHaveTitle(/^\(1\)/);
  // The bell rings before the message is stored.
  await expect(conversationOf(ada).getByRole("img", { name: "Sent" })).toBeVisible();
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
  meetInRoom,
}) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ada.seesCount(2);
  await writesTo(ada, "Ben");
  const readers = () => panelOf(ada).getByText(/sees this|Who runs the server/);
  await expect(readers().filter({ visible: true })).toHaveText([
    "Only Ben sees this",
    "Who runs the server can, too.",
  ]);
  const box = boxOf(ada, "Ben");
  await box.fill("/me waves");
  await box.press("Enter");
  await expect(conversationOf(ada).locator("em")).toHaveText("waves");
  await expect(readers().filter({ visible: true })).toHaveText([
    "No other member sees this. Who runs the server can.",
    "Only Ben sees this",
  ]);
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

test("[W1] [W2] edits, reactions and deletions work in a conversation, and stay in it", async ({
  meetInRoom,
  room,
  server,
}) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  const cem = await PlainClient.join(server.socketUrl, room, "Cem");
  await ada.seesCount(3);
  await writesTo(ada, "Ben");
  await saysPrivately(ada, "Ben", "helo");
  await opensConversation(ben, 1);
  await seesPrivately(ben, "helo");
  await chooses(privately(ada), "helo", "Edit");
  await saysPrivately(ada, "Ben", "hello");
  await seesPrivately(ben, "hello");
  await chooses(privately(ben), "hello", "👍");
  await expect(reactionOf(privately(ada), "hello", "👍 1: Ben")).toBeVisible();
  await chooses(privately(ada), "hello", "Delete");
  await expect(lineOf(privately(ada), "hello")).toHaveCount(0);
  await cem.sync();
  expect(cem.gistOf("private", "edited", "reacted", "deleted", "rang")).toEqual([]);
  cem.close();
});

test("[W1] a conversation is loaded page by page, back to its beginning", async ({
  meet,
  room,
  server,
}) => {
  const ada = await meet("Ada");
  await ada.join(room);
  const ben = await PlainClient.connect(server.socketUrl);
  const { members } = await ben.join(room, { name: "Ben" });
  const id = members.find(({ name }) => name === "Ada")?.id ?? "";
  const count = 150;
  for (let n = 1; n <= count; n += 1) {
    const payload = { message: `said ${n}`, id: `m${n}` };
    ben.send("private", { with: id, frame: { type: "chat", payload } });
    await ben.next("private");
  }
  await opensConversation(ada, count);
  await expect(async () => {
    await conversationOf(ada).evaluate((list) => list.scrollTo(0, 0));
    await expect(conversationOf(ada).getByText("said 1", { exact: true })).toBeInViewport({
      timeout: 1_000,
    });
  }).toPass();
  ben.close();
});

test("the list of conversations shows the last message of each, as it was edited", async ({
  meetInRoom,
}) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await writesTo(ada, "Ben");
  await saysPrivately(ada, "Ben", "The first one");
  await saysPrivately(ada, "Ben", "The last wrod");
  await chooses(privately(ada), "The last wrod", "Edit");
  await saysPrivately(ada, "Ben", "The last word");
  await expect(conversationOf(ada).getByText(/^edited/)).toBeVisible();
  await ben.page.getByRole("button", { name: "Private messages, 2 new", exact: true }).click();
  const list = ben.page.getByRole("list", { name: "Conversations" });
  await expect(list.getByRole("button")).toContainText("Ada: The last word");
});

test("a partner with a new name is known in the panel and in the list", async ({ meetInRoom }) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ada.seesCount(2);
  await writesTo(ada, "Ben");
  await saysPrivately(ada, "Ben", "psst");
  await seesPrivately(ada, "psst");
  await ben.say("/name Countess");
  await expect(panelOf(ada).getByRole("heading", { name: "Countess" })).toBeVisible();
  await panelOf(ada).getByRole("button", { name: "All private messages" }).click();
  await expect(panelOf(ada).getByRole("list", { name: "Conversations" })).toContainText("Countess");
});

test("of two people with one name, the one who is meant gets the message", async ({
  meet,
  room,
  server,
}) => {
  const ada = await meet("Ada");
  await ada.join(room);
  const [one, other] = [
    await PlainClient.connect(server.socketUrl),
    await PlainClient.connect(server.socketUrl),
  ];
  const { self } = await one.join(room, { name: "Ben" });
  await other.join(room, { name: "Ben" });
  await ada.seesCount(3);
  await ada.composer.fill("/w Ben hello");
  await ada.composer.press("Enter");
  await expect(ada.page.getByText("2 people have that name.")).toBeVisible();
  const tag = self.id.replace(/[^\p{L}\p{N}]/gu, "").slice(0, 4);
  await ada.composer.fill(`/w Ben #${tag} hello`);
  await ada.composer.press("Enter");
  await expect(boxOf(ada, "Ben")).toHaveValue("hello");
  await boxOf(ada, "Ben").press("Enter");
  expect(await one.next("private")).toMatchObject({
    with: { name: "Ada" },
    frame: { type: "chat", payload: { message: "hello" } },
  });
  await other.sync();
  expect(other.gistOf("private")).toEqual([]);
  one.close();
  other.close();
});

test("a conversation that is shown does not become unread by another tab", async ({
  meetInRoom,
  room,
}) => {
  const [ada] = await meetInRoom("Ada", "Ben");
  await ada.seesCount(2);
  await writesTo(ada, "Ben");
  await saysPrivately(ada, "Ben", "psst");
  const other = await ada.opensAnotherTab();
  await other.page.goto("/");
  const key = `parley.conversations.${room}`;
  const stored = () => other.page.evaluate((name) => localStorage.getItem(name), key);
  await expect.poll(stored).toContain('"unread":0');
  await other.page.evaluate((name) => {
    const list = localStorage.getItem(name) ?? "";
    localStorage.setItem(name, list.replace('"unread":0', '"unread":1'));
  }, key);
  await expect.poll(stored).toContain('"unread":0');
  await expect(ada.page).toHaveTitle(`${room} · Parley`);
});

test("[W4] what somebody writes on another device is listed at once, as read", async ({
  meet,
  room,
  server,
}) => {
  const ada = await meet("Ada");
  await ada.join(room);
  const ben = await PlainClient.connect(server.socketUrl);
  const { self } = await ben.join(room, { name: "Ben" });
  await ada.seesCount(2);
  const token = await ada.page.evaluate(() => localStorage.getItem("parley.token") ?? "");
  const device = await PlainClient.connect(server.socketUrl);
  await device.join(room, { name: "Ada", token });
  const payload = { message: "from my phone" };
  device.send("private", { with: self.id, frame: { type: "chat", payload } });
  await opensConversation(ada, 0);
  await seesPrivately(ada, "from my phone");
  await expect(panelOf(ada).getByRole("heading", { name: "Ben" })).toBeVisible();
  for (const client of [ben, device]) client.close();
});
