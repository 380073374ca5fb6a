import { expect, test } from "./fixture.ts";

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

  for (let said = 1; said <= 3; said += 1) await ada.say(`${said}\n${"line\n".repeat(18)}`);
  await ada.hasSentAll();
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

test("another theme is there at once if reduced motion is wanted", async ({ meet, room }) => {
  const ada = await meet("Ada", { reducedMotion: "reduce", colorScheme: "light" });
  await ada.join(room);
  await ada.page.getByRole("button", { name: "Invite" }).click();
  const dialog = ada.page.getByRole("dialog", { name: "Invite people" });
  await expect(dialog).toBeVisible();
  await ada.page.emulateMedia({ colorScheme: "dark" });
  const { colours, transitions } = await dialog.getByRole("heading").evaluate((heading) => ({
    colours: [heading, document.body].map((element) => getComputedStyle(element).color),
    transitions: document.getAnimations().filter((one) => one instanceof CSSTransition).length,
  }));
  expect(colours[0]).toBe(colours[1]);
  expect(transitions).toBe(0);
});
