import { expect, test } from "./fixture.ts";
import { chooses, lineOf } from "./message-actions.ts";
import type { Person } from "./people.ts";
import { talkative } from "./talkative.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
/** The height of an on-screen keyboard on a phone, in px. */
const KEYBOARD_PX = 344;
/** More messages than any of these windows shows. */
const LINES = 60;
const SIX_LINES = "one\ntwo\nthree\nfour\nfive\nsix";

/** Waits until the list is at its end and follows the next message. */
async function followsTheEnd(person: Person, say: (text: string) => void, text: string) {
  await expect(person.page.getByRole("button", { name: "Jump to latest" })).toHaveCount(0);
  say(text);
  await expect(lineOf(person, text)).toBeInViewport();
  const gap = () =>
    person.messages.evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight);
  await expect.poll(gap).toBeLessThan(1);
  await expect(person.page.getByRole("button", { name: /latest|new message/ })).toHaveCount(0);
}

test("a phone's keyboard that opens and closes leaves the user at the end", async ({
  meet,
  room,
  server,
}) => {
  const ben = await talkative(server.socketUrl, room, LINES);
  const say = (message: string) => ben.send("chat", { message });
  const ada = await meet("Ada", PHONE);
  await ada.join(room);
  await expect(lineOf(ada, `Line ${LINES}`)).toBeInViewport();
  const { width, height } = PHONE.viewport;
  for (let round = 1; round <= 3; round += 1) {
    await ada.page.setViewportSize({ width, height: height - KEYBOARD_PX });
    await followsTheEnd(ada, say, `With the keyboard ${round}`);
    await ada.page.setViewportSize({ width, height });
    await followsTheEnd(ada, say, `Without it ${round}`);
  }
});

test("a window made taller leaves the user at the end", async ({ meet, room, server }) => {
  const ben = await talkative(server.socketUrl, room, LINES);
  const say = (message: string) => ben.send("chat", { message });
  const ada = await meet("Ada", { viewport: { width: 1280, height: 400 } });
  await ada.join(room);
  await expect(lineOf(ada, `Line ${LINES}`)).toBeInViewport();
  for (const height of [500, 800, 1080, 400, 900]) {
    await ada.page.setViewportSize({ width: 1280, height });
    await followsTheEnd(ada, say, `In ${height} px`);
  }
  await ada.page.setViewportSize({ width: 700, height: 900 });
  await followsTheEnd(ada, say, "In a narrow window");
});

test("a box that becomes lower leaves the user at the end", async ({ meet, room, server }) => {
  const ben = await talkative(server.socketUrl, room, LINES);
  const say = (message: string) => ben.send("chat", { message });
  const ada = await meet("Ada", { viewport: { width: 1280, height: 700 } });
  await ada.join(room);
  await expect(lineOf(ada, `Line ${LINES}`)).toBeInViewport();

  await ada.composer.fill(SIX_LINES);
  await followsTheEnd(ada, say, "Beside a long draft");
  await ada.composer.fill("");
  await followsTheEnd(ada, say, "Beside an empty box");

  await ada.say(SIX_LINES.replaceAll("\n", " "));
  await ada.hasSentAll();
  const own = SIX_LINES.replaceAll("\n", " ");
  await chooses(ada, own, "Edit");
  await ada.composer.fill(SIX_LINES);
  await ada.composer.press("Escape");
  await followsTheEnd(ada, say, "After an edit that was cancelled");
  await chooses(ada, own, "Edit");
  await ada.composer.fill(SIX_LINES);
  await ada.composer.fill("Another text");
  await ada.composer.press("Enter");
  await followsTheEnd(ada, say, "After an edit that was saved");
});

test("a window that grows down to the end shows it, and follows it from then on", async ({
  meet,
  room,
  server,
}) => {
  const ben = await talkative(server.socketUrl, room, LINES);
  const ada = await meet("Ada", { viewport: { width: 1280, height: 500 } });
  await ada.join(room);
  await expect(lineOf(ada, `Line ${LINES}`)).toBeInViewport();
  await ada.messages.hover();
  await ada.page.mouse.wheel(0, -200);
  const jump = ada.page.getByRole("button", { name: "Jump to latest" });
  await expect(jump).toBeVisible();

  await ada.page.setViewportSize({ width: 1280, height: 550 });
  await expect(lineOf(ada, `Line ${LINES}`)).not.toBeInViewport();
  await expect(jump).toBeVisible();

  await ada.page.setViewportSize({ width: 1280, height: 900 });
  await expect(jump).toHaveCount(0);
  await followsTheEnd(ada, (message) => ben.send("chat", { message }), "To one at the end");
});
