import { PlainClient } from "@parley/testkit/plain-client";
import { expect, test } from "./fixture.ts";
import { chooses, lineOf, menuOf, reactionOf, usesTool } from "./message-actions.ts";
import { axeFindings } from "./axe.ts";
import { stopUndoTime } from "./page-scripts.ts";

/** How long a finger rests, in ms. */
const HELD_MS = 900;
/** How long a browser may wait before it reconnects, in ms. */
const COMES_BACK_MS = 30_000;
/** Far more than a window and several pages contain. */
const LONG_LOG = 900;

test("everything can be done by keyboard alone", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.page.addInitScript(stopUndoTime);
  const ben = await meet("Ben");
  await ada.join(room);
  await ben.join(room);
  await ben.say("Who brings the map?");
  await ada.sees("Who brings the map?");
  await ada.say("Not me");
  await ada.sees("Not me");
  const { keyboard } = ada.page;
  const actions = menuOf(ada);

  // From the log to the last message, and on to the one before.
  await ada.messages.focus();
  await keyboard.press("Enter");
  await expect(lineOf(ada, "Not me")).toBeFocused();
  await keyboard.press("ArrowUp");
  await expect(lineOf(ada, "Who brings the map?")).toBeFocused();

  await keyboard.press("Enter");
  await expect(actions.getByRole("menuitemcheckbox", { name: "👍" })).toBeFocused();
  await keyboard.press("Escape");
  await expect(actions).toHaveCount(0);
  await expect(lineOf(ada, "Who brings the map?")).toBeFocused();

  await keyboard.press("Shift+F10");
  await expect(actions.getByRole("menuitemcheckbox", { name: "👍" })).toBeFocused();
  await keyboard.press("ArrowRight");
  await keyboard.press("Enter");
  await expect(reactionOf(ben, "Who brings the map?", "❤️ 1: Ada")).toBeVisible();
  await expect(lineOf(ada, "Who brings the map?")).toBeFocused();

  await keyboard.press("ContextMenu");
  await expect(actions.getByRole("menuitemcheckbox", { name: "👍" })).toBeFocused();
  await keyboard.press("ArrowLeft");
  await expect(actions.getByRole("menuitem", { name: "Message privately" })).toBeFocused();
  await keyboard.press("Home");
  await keyboard.press("ArrowDown");
  await expect(actions.getByRole("menuitem", { name: "Reply" })).toBeFocused();
  await keyboard.press("Enter");
  await expect(ada.composer).toBeFocused();
  await keyboard.type("I do");
  await keyboard.press("Enter");
  await expect(lineOf(ben, "I do").getByText("In reply to")).toBeAttached();

  // The quote, the tools and the reactions of the active message can be reached with the Tab key.
  await ada.messages.focus();
  await keyboard.press("ArrowUp");
  await expect(lineOf(ada, "I do")).toBeFocused();
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await expect(lineOf(ada, "Who brings the map?")).toBeFocused();
  await keyboard.press("Tab");
  await expect(ada.page.getByRole("button", { name: "React", exact: true })).toBeFocused();
  await keyboard.press("Enter");
  await expect(ada.page.getByRole("searchbox", { name: "Find an emoji" })).toBeFocused();
  await keyboard.press("ArrowDown");
  await keyboard.press("ArrowRight");
  await keyboard.press("Escape");
  await expect(ada.page.getByRole("button", { name: "React", exact: true })).toBeFocused();
  await keyboard.press("Escape");
  await expect(lineOf(ada, "Who brings the map?")).toBeFocused();

  await keyboard.press("ArrowDown");
  await keyboard.press("Enter");
  await keyboard.press("End");
  await expect(actions.getByRole("menuitem", { name: "Delete" })).toBeFocused();
  await keyboard.press("Enter");
  await expect(ada.page.getByRole("button", { name: "Undo" })).toBeFocused();
  await keyboard.press("Enter");
  await expect(lineOf(ada, "Not me")).toBeFocused();
});

test("a link to an old message loads the log back to it, and shows it", async ({
  meet,
  room,
  server,
}) => {
  const ben = await PlainClient.join(server.socketUrl, room, "Ben");
  for (let n = 1; n <= LONG_LOG; n += 1) ben.send("chat", { message: `Line ${n}`, id: `id-${n}` });
  await ben.next("chat");
  ben.send("chat", { message: "An answer to the first", replyTo: "id-2" });
  await expect.poll(() => ben.frames.length).toBeGreaterThan(LONG_LOG);

  const ada = await meet("Ada");
  await ada.page.goto(`/r/${room}#7`);
  await ada.entersAs("Ada");
  await expect(lineOf(ada, "Line 7")).toBeFocused();
  await expect(lineOf(ada, "Line 7")).toBeInViewport();
  await ada.page.getByRole("button", { name: "Jump to latest" }).click();
  const answer = lineOf(ada, "An answer to the first");
  await expect(answer).toBeInViewport();
  await answer.getByRole("button", { name: /In reply to/ }).click();
  await expect(lineOf(ada, "Line 2")).toBeFocused();
  await expect(lineOf(ada, "Line 2")).toBeInViewport();

  // Without the link: the quote says that its message is further up, and jumps there all the same.
  await ada.page.goto(`/r/${room}`);
  await expect(answer).toBeInViewport();
  const quote = answer.getByRole("button", { name: "In reply to An earlier message" });
  await quote.click();
  await expect(lineOf(ada, "Line 2")).toBeFocused();
  await expect(lineOf(ada, "Line 2")).toBeInViewport();

  // A focused message keeps the focus, however far out of view it goes.
  const { width, height } = ada.page.viewportSize() ?? { width: 0, height: 0 };
  await ada.page.mouse.move(width / 2, height / 2);
  await ada.page.mouse.wheel(0, 1_000_000);
  await expect(answer).toBeInViewport();
  await expect(lineOf(ada, "Line 2")).not.toBeInViewport();
  await expect(lineOf(ada, "Line 2")).toBeFocused();
  ben.close();
});

test("a link to a message that is not there says so", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.page.goto(`/r/${room}#4711`);
  await ada.entersAs("Ada");
  await expect(ada.page.getByText("No message in this room has that number.")).toBeVisible();
  await ada.page.getByRole("button", { name: "Dismiss" }).click();
  await expect(ada.page.getByText("No message in this room has that number.")).toHaveCount(0);
});

test("actions while the server is away show at once and arrive by themselves", async ({
  meet,
  room,
  server,
}) => {
  const ada = await meet("Ada", { serviceWorkers: "allow" });
  const ben = await meet("Ben");
  await ada.join(room);
  await ben.join(room);
  await ben.say("Ferry at nine");
  await ada.sees("Ferry at nine");
  await ada.say("I book it");
  await ada.say("A slip");
  await ben.sees("A slip");

  await server.kill();
  await ada.seesReconnecting();
  await usesTool(ada, "Ferry at nine", "More actions");
  await menuOf(ada).getByRole("menuitemcheckbox", { name: "👍" }).click();
  await expect(reactionOf(ada, "Ferry at nine", "👍 1: You")).toBeVisible();
  await usesTool(ada, "Ferry at nine", "Reply");
  await ada.say("Window seats?");
  await usesTool(ada, "I book it", "More actions");
  await menuOf(ada).getByRole("menuitem", { name: "Edit" }).click();
  await ada.say("I booked it");
  await usesTool(ada, "A slip", "More actions");
  await menuOf(ada).getByRole("menuitem", { name: "Delete" }).click();
  await expect(ada.page.getByRole("button", { name: "Undo" })).toHaveCount(0);
  await expect(lineOf(ada, "I booked it").getByText("Queued")).toBeVisible();
  await expect(lineOf(ada, "Window seats?").getByText("In reply to")).toBeAttached();

  await ada.reloads();
  await expect(reactionOf(ada, "Ferry at nine", "👍 1: You")).toBeVisible();
  await expect(lineOf(ada, "I booked it")).toHaveCount(1);
  await expect(lineOf(ada, "A slip")).toHaveCount(0);

  await server.start();
  await ben.reloads();
  const arrived = reactionOf(ben, "Ferry at nine", "👍 1: Ada");
  await expect(arrived).toBeVisible({ timeout: COMES_BACK_MS });
  await expect(lineOf(ben, "Window seats?").getByText("In reply to")).toBeAttached();
  await expect(lineOf(ben, "I booked it").getByText("edited")).toBeVisible();
  await expect(ben.messages.getByText("Message deleted")).toBeVisible();
  await ada.seesQueued(0);
});

test("on a phone, a long press on a message opens its menu, and a tap its tools", async ({
  meet,
  room,
}) => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  const ada = await meet("Ada", phone);
  const ben = await meet("Ben");
  await ada.join(room);
  await ben.join(room);
  await ben.say("Held or tapped");
  await ada.sees("Held or tapped");
  const line = lineOf(ada, "Held or tapped");
  const text = line.getByText("Held or tapped");

  await text.tap();
  // All of them, also at the last message.
  await expect(line.getByRole("group", { name: "Actions" })).toBeInViewport({ ratio: 1 });
  await line.getByRole("button", { name: "Reply" }).tap();
  await expect(ada.page.getByText("Replying to Ben")).toBeVisible();
  await ada.page.getByRole("button", { name: "Cancel reply" }).tap();
  await expect(ada.page.getByText("Replying to Ben")).toHaveCount(0);

  // The message moves down as the box below it shrinks, so wait until it rests.
  await text.tap({ trial: true });
  const box = await text.boundingBox();
  const finger = { x: (box?.x ?? 0) + 5, y: (box?.y ?? 0) + 5 };
  const devtools = await ada.page.context().newCDPSession(ada.page);
  await devtools.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [finger] });
  await expect(menuOf(ada)).toBeHidden();
  await new Promise((resolve) => {
    setTimeout(resolve, HELD_MS);
  });
  await devtools.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await expect(menuOf(ada)).toBeVisible();
  await menuOf(ada).getByRole("menuitemcheckbox", { name: "😂" }).tap();
  await expect(reactionOf(ben, "Held or tapped", "😂 1: Ada")).toBeVisible();
});

test("on a phone, a reaction that is held shows who reacted, and does not change", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada", { viewport: { width: 390, height: 844 }, hasTouch: true });
  const ben = await meet("Ben");
  await ada.join(room);
  await ben.join(room);
  await ben.say("Who is in?");
  await chooses(ben, "Who is in?", "👍");
  const chip = reactionOf(ada, "Who is in?", "👍 1: Ben");
  await chip.tap({ trial: true });
  const box = await chip.boundingBox();
  const finger = { x: (box?.x ?? 0) + 15, y: (box?.y ?? 0) + 12 };
  const devtools = await ada.page.context().newCDPSession(ada.page);
  await devtools.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [finger] });
  await new Promise((resolve) => {
    setTimeout(resolve, HELD_MS);
  });
  await devtools.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await expect(menuOf(ada)).toContainText("👍 Ben");
  await ada.page.keyboard.press("Escape");
  await expect(chip).toBeVisible();
  // A tap adds one's own.
  await chip.tap();
  await expect(reactionOf(ada, "Who is in?", "👍 2: You and Ben")).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing with menus open, ${colorScheme}`, async ({ meet, room }) => {
    const ada = await meet("Ada", { colorScheme });
    await ada.join(room);
    await ada.say("Something to answer");
    await usesTool(ada, "Something to answer", "Reply");
    expect(await axeFindings(ada)).toEqual([]);
    await ada.say("An answer");
    await usesTool(ada, "An answer", "More actions");
    await expect(
      ada.page.getByRole("button", { name: "More actions", expanded: true }),
    ).toBeVisible();
    await menuOf(ada).getByRole("menuitemcheckbox", { name: "🎉" }).click();
    await expect(reactionOf(ada, "An answer", "🎉 1: You")).toBeVisible();

    await usesTool(ada, "An answer", "More actions");
    await expect(menuOf(ada)).toBeVisible();
    expect(await axeFindings(ada)).toEqual([]);
    await menuOf(ada).getByRole("menuitem", { name: "More emoji" }).click();
    await expect(ada.page.getByRole("button", { name: "sailboat" })).toBeAttached();
    expect(await axeFindings(ada)).toEqual([]);
    await ada.page.keyboard.press("Escape");

    await lineOf(ada, "An answer")
      .getByRole("button", { name: /In reply to/ })
      .click();
    await usesTool(ada, "An answer", "More actions");
    await menuOf(ada).getByRole("menuitem", { name: "Delete" }).click();
    await expect(ada.page.getByRole("button", { name: "Undo" })).toBeVisible();
    expect(await axeFindings(ada)).toEqual([]);
  });
}
