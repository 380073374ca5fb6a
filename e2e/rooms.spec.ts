import { PlainClient } from "@parley/testkit/plain-client";
import { expect, test } from "./fixture.ts";
import type { Person } from "./people.ts";

/** The row of a room in the list of rooms. */
const row = ({ page }: Person, name: string) =>
  page.getByRole("list", { name: "Rooms" }).getByRole("listitem").filter({ hasText: name });

/** Switches to another room by the list. */
async function turnsTo(person: Person, name: string): Promise<void> {
  await row(person, name).getByRole("link").click();
  await expect(person.page).toHaveURL(new RegExp(`/r/${name}$`));
}

test("a room stays connected beside another one: unread messages, last message, draft", async ({
  meet,
  room,
  server,
}) => {
  const [lake, sea] = [`${room}-lake`, `${room}-sea`];
  const ada = await meet("Ada", { viewport: { width: 1280, height: 800 } });
  await ada.join(lake);
  await ada.say("At the lake");
  await ada.hasSentAll();
  await ada.composer.fill("Half a word");
  await ada.joinsAnother(sea);

  const ben = await PlainClient.connect(server.socketUrl);
  const { members } = await ben.join(lake, { name: "Ben" });
  // Ada is still there.
  expect(members.map(({ name }) => name)).toContain("Ada");
  ben.send("chat", { message: "Still there?" });
  await expect(row(ada, lake)).toContainText("Ben: Still there?");
  await expect(row(ada, lake)).toContainText("1 new");
  await expect(ada.page).toHaveTitle(/^\(1\)/);

  await turnsTo(ada, lake);
  await expect(ada.composer).toHaveValue("Half a word");
  await ada.seesInOrder("At the lake", "Still there?");
  await expect(row(ada, lake)).not.toContainText("new");
  await expect(ada.page).not.toHaveTitle(/^\(/);

  // In the colours of the system, too, the room that is shown is marked.
  await ada.page.emulateMedia({ forcedColors: "active" });
  const ground = (name: string) =>
    row(ada, name)
      .getByRole("link")
      .evaluate((link) => getComputedStyle(link).backgroundColor);
  expect(await ground(lake)).not.toBe(await ground(sea));
});

test("[W4] private messages in other rooms are counted, connected or not", async ({
  meet,
  room,
  server,
}) => {
  const [lake, sea] = [`${room}-lake`, `${room}-sea`];
  const ada = await meet("Ada", { viewport: { width: 1280, height: 800 } });
  await ada.join(lake);
  await ada.joinsAnother(sea);
  await turnsTo(ada, lake);
  await ada.isInRoom();
  await turnsTo(ada, sea);
  const ben = await PlainClient.connect(server.socketUrl);
  const { members } = await ben.join(lake, { name: "Ben" });
  const id = members.find(({ name }) => name === "Ada")?.id ?? "";
  const writes = (message: string) =>
    ben.send("private", { with: id, frame: { type: "chat", payload: { message } } });
  writes("psst");
  await expect(row(ada, lake)).toContainText("1 new");
  await expect(row(ada, lake)).not.toContainText("psst");
  await expect(ada.page).toHaveTitle(/^\(1\)/);

  // In a new tab, only the room on the screen is connected; the other one is looked at.
  await ada.page.evaluate(() => sessionStorage.clear());
  await ada.page.goto("about:blank");
  writes("still there?");
  await ben.sync();
  await ada.page.goto(`/r/${sea}`);
  await expect(row(ada, lake)).toContainText("2 new");
  await turnsTo(ada, lake);
  await ada.page.getByRole("button", { name: "Private messages, 2 new" }).click();
  const list = ada.page.getByRole("list", { name: "Conversations" });
  await expect(list).toContainText("Ben");
  // Also while the conversation is open in a room that is not on the screen.
  await list.getByRole("button").click();
  await expect(ada.page.getByRole("log", { name: "Conversation" })).toContainText("still there?");
  await turnsTo(ada, sea);
  writes("and now?");
  await expect(row(ada, lake)).toContainText("1 new");
  ben.close();
});

test("a reload connects all rooms again that were connected", async ({ meet, room }) => {
  const [lake, sea, bay] = [`${room}-lake`, `${room}-sea`, `${room}-bay`];
  const ada = await meet("Ada", { viewport: { width: 1280, height: 800 } });
  await ada.join(lake);
  await ada.joinsAnother(sea);
  await ada.joinsAnother(bay);
  await row(ada, sea).hover();
  await row(ada, sea)
    .getByRole("button", { name: /^Options/ })
    .click();
  await ada.page.getByRole("menuitem", { name: "Leave", exact: true }).click();
  const joined: string[] = [];
  ada.page.on("websocket", (socket) =>
    socket.on("framesent", ({ payload }) => {
      const room = /^\{"type":"join".*"roomId":"([^"]+)"/.exec(String(payload))?.[1];
      if (room !== undefined) joined.push(room);
    }),
  );
  await ada.reloads();
  await expect.poll(() => joined).toEqual([bay, lake]);

  const ben = await meet("Ben");
  await ben.join(lake);
  await ben.say("Still there?");
  await expect(row(ada, lake)).toContainText("Ben: Still there?");
  await expect(row(ada, lake)).toContainText("1 new");
  expect(joined).toEqual([bay, lake]);
});

test("a room is muted, left and forgotten from the list", async ({ meet, room, server }) => {
  const [lake, sea] = [`${room}-lake`, `${room}-sea`];
  const ada = await meet("Ada", { viewport: { width: 1280, height: 800 } });
  await ada.join(lake);
  await ada.joinsAnother(sea);
  await turnsTo(ada, lake);
  const chooses = async (name: string) => {
    await row(ada, sea).hover();
    await row(ada, sea)
      .getByRole("button", { name: /^Options/ })
      .click();
    await ada.page.getByRole("menuitem", { name, exact: true }).click();
  };
  await chooses("Mute");
  await expect(row(ada, sea).getByRole("img", { name: "Muted" })).toBeVisible();

  const ben = await PlainClient.connect(server.socketUrl);
  await ben.join(sea, { name: "Ben" });
  await chooses("Leave");
  expect(await ben.next("left")).toMatchObject({ member: { name: "Ada" } });
  await expect(row(ada, sea).getByRole("button", { name: /^Options/ })).toBeFocused();
  await chooses("Forget");
  await expect(row(ada, sea)).toHaveCount(0);
  await expect(row(ada, lake).getByRole("link")).toBeFocused();
});

test("an unconnected room is looked at, without joining it", async ({ meet, room, server }) => {
  const [lake, sea] = [`${room}-lake`, `${room}-sea`];
  const ada = await meet("Ada", { viewport: { width: 1280, height: 800 } });
  await ada.join(lake);
  await ada.say("At the lake");
  await ada.hasSentAll();
  // What was read is stored by a part that is loaded after the room is shown.
  await expect
    .poll(() => ada.page.evaluate(() => localStorage.getItem("parley.recent")))
    .toContain('"lastRead":1');
  await ada.leaves();
  const ben = await PlainClient.connect(server.socketUrl);
  await ben.join(lake, { name: "Ben" });
  ben.send("chat", { message: "Gone so soon" });
  await ben.next("chat");

  await ada.roomCode.fill(sea);
  await ada.roomCode.press("Enter");
  await expect(row(ada, lake)).toContainText("Ben: Gone so soon");
  await expect(row(ada, lake)).toContainText("1 new");
});

test("on a phone, the list of rooms is a page", async ({ meet, room }) => {
  const ada = await meet("Ada", { viewport: { width: 390, height: 844 }, hasTouch: true });
  await ada.join(room);
  await ada.page.getByRole("button", { name: "Rooms" }).tap();
  const rooms = ada.page.getByRole("dialog", { name: "Rooms" });
  await expect(rooms.getByRole("link", { name: new RegExp(room) })).toHaveAttribute(
    "aria-current",
    "page",
  );
  await expect(rooms.getByText("No messages yet")).toBeVisible();
  await rooms.getByRole("link", { name: "Join or start another" }).tap();
  await expect(ada.roomCode).toBeVisible();
});
