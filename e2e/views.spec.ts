import { PlainClient } from "@parley/testkit/plain-client";
import { expect, test } from "./fixture.ts";
import type { Person } from "./people.ts";

/** Nothing sticks out of the page, and the composer is visible. */
async function fits({ page, composer }: Person): Promise<void> {
  const sticksOut = () =>
    page.evaluate(() => {
      const { scrollWidth, scrollHeight } = document.documentElement;
      return Math.max(scrollWidth - window.innerWidth, scrollHeight - window.innerHeight);
    });
  await expect.poll(sticksOut).toBeLessThanOrEqual(0);
  await expect(composer).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole("button", { name: "Send" })).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole("button", { name: "Room options" })).toBeInViewport({
    ratio: 1,
  });
}

for (const [what, viewport] of [
  ["at 200 %", { width: 640, height: 400 }],
  ["at 400 %", { width: 320, height: 256 }],
  ["on the smallest phone", { width: 360, height: 640 }],
] as const) {
  test(`both screens fit ${what}`, async ({ meet, room }) => {
    const ada = await meet("Ada", { viewport });
    await ada.page.goto("/");
    await expect(ada.roomCode).toBeVisible();
    const width = () => ada.page.evaluate(() => document.documentElement.scrollWidth);
    await expect.poll(width).toBeLessThanOrEqual(viewport.width);
    await ada.join(room);
    await ada.say("Large letters");
    await ada.sees("Large letters");
    await fits(ada);
  });
}

test("an on-screen keyboard leaves the composer and the last message visible", async ({
  meet,
  room,
}) => {
  const viewport = { width: 390, height: 844 };
  const ada = await meet("Ada", { viewport, hasTouch: true, isMobile: true });
  await ada.join(room);
  for (let line = 1; line <= 12; line += 1) {
    await ada.taps(`Line ${line}`);
  }
  const last = ada.messages.getByText("Line 12", { exact: true });
  await expect(last).toBeInViewport();

  // If the browser makes room for it, the page becomes shorter.
  await ada.page.setViewportSize({ width: 390, height: 500 });
  await expect(last).toBeInViewport();
  await expect(ada.composer).toBeInViewport({ ratio: 1 });
  await ada.page.setViewportSize(viewport);

  // If the keyboard covers the page, only the visual viewport does.
  await ada.page.evaluate(() => {
    Object.defineProperty(window.visualViewport, "height", { configurable: true, value: 480 });
    window.visualViewport?.dispatchEvent(new Event("resize"));
  });
  await expect
    .poll(async () => {
      const box = await ada.composer.boundingBox();
      return box ? box.y + box.height : undefined;
    })
    .toBeLessThanOrEqual(480);
  await expect(last).toBeInViewport();
});

const hostile = {
  "an unbroken word": "x".repeat(4_000),
  "right to left": "שלום לכולם, מה שלומכם היום?",
  "an override of direction": "\u202eevil gnp.exe\u202d and \u2067more",
  "stacked marks": `Z${"\u0335\u0321\u031b".repeat(60)}o`,
  "many lines": "line\n".repeat(300),
  "wide signs": "﷽".repeat(200),
};

for (const [what, message] of Object.entries(hostile)) {
  test(`${what} leaves the layout and the next message alone`, async ({ meet, room, server }) => {
    const ada = await meet("Ada", { viewport: { width: 390, height: 844 } });
    await ada.join(room);
    const stranger = await PlainClient.join(server.socketUrl, room, "Mallory");
    stranger.send("chat", { message });
    await stranger.next("chat");
    await ada.say("Plain and left to right");
    await ada.sees("Plain and left to right");
    await fits(ada);
    const own = ada.messages.getByText("Plain and left to right");
    await expect(own).toHaveCSS("direction", "ltr");
    const sideways = () =>
      ada.messages.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    await expect.poll(sideways).toBe(0);
    stranger.close();
  });
}

test("the theme can be chosen on every width, and is remembered", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.page.goto("/");
  const background = () => ada.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await ada.page.getByRole("button", { name: "Use the dark theme" }).click();
  await expect.poll(background).not.toBe(light);
  await ada.page.reload();
  await expect.poll(background).not.toBe(light);

  await ada.join(room);
  for (const width of [1280, 1000, 390]) {
    await ada.page.setViewportSize({ width, height: 800 });
    if (width === 390) await ada.page.getByRole("button", { name: "Room options" }).click();
    await expect(ada.page.getByRole("button", { name: "Use the light theme" })).toBeVisible();
  }
  await ada.page.getByRole("button", { name: "Use the light theme" }).click();
  await expect.poll(background).toBe(light);
});

test("each switch of the theme, in every tab, shows what another one chose", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada", { colorScheme: "light" });
  await ada.join(room);
  const other = await ada.page.context().newPage();
  await other.goto("/");
  await ada.page.getByRole("button", { name: "Room options" }).click();
  const sheet = ada.page.getByRole("dialog", { name: "Room", exact: true });
  await sheet.getByRole("button", { name: "Use the dark theme" }).click();
  await ada.page.keyboard.press("Escape");
  for (const page of [ada.page, other]) {
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await expect(page.getByRole("button", { name: "Use the light theme" })).toBeVisible();
  }
  await other.getByRole("button", { name: "Use the light theme" }).click();
  await expect(ada.page.locator("html")).not.toHaveAttribute("data-theme");
});

test("hostile names do not affect the text around them", async ({ meet, room, server }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  const names = ["\u202eadA", "עברית", `Z${"\u0335".repeat(25)}`, "W".repeat(32), "<b>Bob</b>"];
  for (const name of names) {
    const stranger = await PlainClient.join(server.socketUrl, room, name);
    stranger.send("chat", { message: "Hello" });
    await stranger.next("chat");
  }
  await ada.seesCount(names.length + 1);
  await fits(ada);
  await ada.page.getByRole("button", { name: /people$/ }).click();
  const list = ada.page.getByRole("list", { name: "People" });
  await expect(list.getByRole("listitem")).toHaveCount(names.length + 1);
  // Each name is isolated with its own direction.
  await expect(list.locator("bdi")).toHaveCount(names.length + 1);
  expect(await list.innerText()).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  await fits(ada);
});

test("a text that is too long says so, and its box keeps its shape", async ({ meet, room }) => {
  const ada = await meet("Ada", { viewport: { width: 390, height: 844 } });
  await ada.join(room);
  await ada.composer.fill("x".repeat(5_000));
  await expect(ada.composer).toHaveAttribute("aria-invalid", "true");
  await expect(ada.composer).toHaveAccessibleDescription(/.+/);
  await fits(ada);
  await ada.composer.press("Enter");
  await expect(ada.composer).toHaveValue("x".repeat(5_000));
});
