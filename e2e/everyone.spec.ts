import { axeFindings } from "./axe.ts";
import { expect, test } from "./fixture.ts";

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on the join screen, ${colorScheme}`, async ({ meet }) => {
    const ada = await meet("Ada", { colorScheme });
    await ada.page.goto("/");
    await expect(ada.roomCode).toBeVisible();
    expect(await axeFindings(ada)).toEqual([]);

    await ada.roomCode.fill("not a code!");
    await ada.page.getByRole("button", { name: "Join room" }).click();
    await expect(ada.page.locator("[aria-invalid=true]").first()).toBeVisible();
    expect(await axeFindings(ada)).toEqual([]);

    await ada.page.goto("/r/lobby");
    await expect(ada.page.getByText("Nobody is here now")).toBeVisible();
    expect(await axeFindings(ada)).toEqual([]);

    await ada.join("lobby");
    await ada.leaves();
    await expect(ada.page.getByRole("list").getByRole("link", { name: "lobby" })).toBeVisible();
    await ada.roomCode.fill("lobby");
    await expect(ada.roomCode).toHaveAccessibleDescription(/easy to guess/);
    expect(await axeFindings(ada)).toEqual([]);
  });

  test(`axe finds nothing with dialogs and menus open, ${colorScheme}`, async ({ meet, room }) => {
    const ada = await meet("Ada", { colorScheme });
    await ada.join(room);
    await ada.say("Look at all of it");
    await ada.sees("Look at all of it");

    await ada.page.getByRole("button", { name: "Invite" }).click();
    await expect(ada.page.getByRole("img", { name: /^QR code/ })).toBeVisible();
    expect(await axeFindings(ada)).toEqual([]);
    await ada.page.keyboard.press("Escape");

    await ada.page.getByRole("button", { name: "Notifications" }).click();
    await expect(ada.page.getByLabel("Mute this room")).toBeVisible();
    expect(await axeFindings(ada)).toEqual([]);
    await ada.page.keyboard.press("Escape");

    await ada.page.getByRole("button", { name: "Leave room" }).focus();
    await ada.page.keyboard.press("?");
    await expect(ada.page.getByRole("dialog", { name: /Shortcuts/ })).toBeVisible();
    expect(await axeFindings(ada)).toEqual([]);
  });

  test(`axe finds nothing on a phone, ${colorScheme}`, async ({ meet, room }) => {
    const viewport = { width: 390, height: 844 };
    const ada = await meet("Ada", { colorScheme, viewport, hasTouch: true, isMobile: true });
    await ada.join(room);
    await ada.taps("From the bus");
    await ada.sees("From the bus");
    expect(await axeFindings(ada)).toEqual([]);
    await ada.seesPeople("Ada");
    expect(await axeFindings(ada)).toEqual([]);
    await ada.hidesPeople();
    await ada.page.getByRole("button", { name: "Room options" }).tap();
    await expect(ada.page.getByLabel("Mute this room")).toBeVisible();
    expect(await axeFindings(ada)).toEqual([]);
    await ada.page.keyboard.press("Escape");
    await ada.page.getByRole("button", { name: "Rooms" }).tap();
    await expect(ada.page.getByRole("dialog", { name: "Rooms" })).toBeVisible();
    expect(await axeFindings(ada)).toEqual([]);
  });

  test(`axe finds nothing in a room, ${colorScheme}`, async ({ meet, room }) => {
    const ada = await meet("Ada", { colorScheme });
    const ben = await meet("Ben");
    await ada.join(room);
    expect(await axeFindings(ada)).toEqual([]);

    await ben.join(room);
    await ada.say("How does it read?");
    await ben.say("Well enough: https://example.org");
    await ada.seesCount(2);
    await ada.sees("How does it read?");
    await ada.seesPeople("Ada", "Ben");
    expect(await axeFindings(ada)).toEqual([]);
  });

  test(`axe finds nothing while the server is away, ${colorScheme}`, async ({
    meet,
    room,
    server,
  }) => {
    const ada = await meet("Ada", { colorScheme });
    await ada.join(room);
    await ada.say("Said in time");
    await ada.sees("Said in time");

    await server.kill();
    await ada.seesReconnecting();
    await ada.say("Queued meanwhile");
    expect(await axeFindings(ada)).toEqual([]);
  });
}

test("a screen reader announces new messages, and not the first window", async ({ meet, room }) => {
  const ada = await meet("Ada");
  const ben = await meet("Ben");
  await ben.join(room);
  await ben.say("Long ago");
  await ben.sees("Long ago");
  await ada.join(room);
  await ada.sees("Long ago");
  // The log itself announces nothing: its rows are mounted and unmounted while scrolling.
  await expect(ada.messages).toHaveAttribute("aria-live", "off");
  const spoken = ada.page.locator("[aria-live=polite][aria-relevant=additions]");
  await expect(spoken).toBeEmpty();

  await ben.say("Good **morning**");
  await expect(spoken).toHaveText("Ben: Good morning");
  await ada.say("My own words");
  await ada.sees("My own words");
  await expect(spoken).toHaveText("Ben: Good morning");
});

test("a screen reader announces the connection apart from messages", async ({
  meet,
  room,
  server,
}) => {
  const ada = await meet("Ada");
  await ada.join(room);
  const connection = ada.page.getByRole("status", { name: "Connection" });
  await expect(connection).toBeEmpty();
  await server.kill();
  await expect(connection).toContainText("Reconnecting");
  await server.start();
  await ada.hasSeen(/^Caught up/);
  await expect(connection).toBeEmpty();
});

test("nothing is animated if reduced motion is wanted", async ({ meet, room, server }) => {
  const ada = await meet("Ada", { reducedMotion: "reduce" });
  const ben = await meet("Ben");
  await ada.join(room);
  /** How long the longest animation runs, repetitions included, in ms. */
  const longest = () =>
    ada.page.evaluate(() =>
      Math.max(
        0,
        ...document
          .getAnimations()
          .map(({ effect }) => Number(effect?.getComputedTiming().activeDuration)),
      ),
    );
  await ada.page.getByRole("button", { name: "Invite" }).click();
  await expect(ada.page.getByRole("dialog", { name: "Invite people" })).toBeVisible();
  expect(await longest()).toBeLessThanOrEqual(1);
  await ada.page.keyboard.press("Escape");

  await ada.say("line\n".repeat(60));
  await expect(ada.messages.getByRole("img", { name: "Sent" })).toBeVisible();
  await ada.messages.hover();
  await ada.page.mouse.wheel(0, -1_000);
  await expect(ada.page.getByRole("button", { name: "Jump to latest" })).toBeVisible();
  expect(await longest()).toBeLessThanOrEqual(1);
  await ben.join(room);
  await ben.composer.pressSequentially("Well");
  await expect(ada.page.getByText("Ben is typing")).toBeVisible();
  expect(await longest()).toBeLessThanOrEqual(1);
  await server.kill();
  await ada.seesReconnecting();
  expect(await longest()).toBeLessThanOrEqual(1);
});
