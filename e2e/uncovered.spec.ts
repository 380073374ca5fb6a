import type { Locator } from "@playwright/test";
import { expect, test } from "./fixture.ts";
import { lineOf, pointsAt } from "./message-actions.ts";
import type { Person } from "./people.ts";
import { talkative } from "./talkative.ts";

const PHONE = { hasTouch: true, isMobile: true, reducedMotion: "reduce" } as const;

/** How many bubbles a control lies over. */
async function coveredBy(control: Locator): Promise<number> {
  return control.evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const log = document.querySelector("[role=log]");
    const end = log?.getBoundingClientRect().bottom ?? 0;
    return [...document.querySelectorAll("[data-said] > :first-child")]
      .map((bubble) => bubble.getBoundingClientRect())
      .filter(
        (box) =>
          box.left < right &&
          box.right > left &&
          box.top < bottom &&
          Math.min(box.bottom, end) > top,
      ).length;
  });
}

async function scrollsUp({ messages, page }: Person): Promise<void> {
  await messages.hover();
  await page.mouse.wheel(0, -1_000);
}

for (const width of [320, 390, 1280]) {
  test(`the button to the end lies over no message on ${width} px, and moves nothing`, async ({
    meet,
    room,
    server,
  }) => {
    const ben = await talkative(server.socketUrl, room, 60);
    const ada = await meet("Ada", { viewport: { width, height: 700 } });
    await ada.join(room);
    await ada.say("My own message, at the other side");
    await ada.hasSentAll();
    const height = async () => (await ada.messages.boundingBox())?.height;
    const before = await height();
    await scrollsUp(ada);
    const jump = ada.page.getByRole("button", { name: "Jump to latest" });
    await expect(jump).toBeInViewport({ ratio: 1 });
    expect(await coveredBy(jump)).toBe(0);
    ben.send("typing", { on: true });
    await expect(ada.page.getByText("is typing")).toBeVisible();
    expect(await height()).toBe(before);
    await jump.click();
    await expect(lineOf(ada, "My own message, at the other side")).toBeInViewport();
  });
}

const WIDE = "a line that is so long that it takes all of the width that there is "
  .repeat(3)
  .trim();

for (const width of [500, 1280, 1920]) {
  test(`the tools of a message lie over no message on ${width} px`, async ({
    meet,
    room,
    server,
  }) => {
    const ben = await talkative(server.socketUrl, room, 8);
    ben.say(`First ${WIDE}`);
    ben.say(`Then ${WIDE}`);
    const ada = await meet("Ada", { viewport: { width, height: 700 } });
    await ada.join(room);
    await ada.say("One of mine");
    await ada.say("Two of mine");
    await ada.say(`My first ${WIDE}`);
    await ada.say(`My last ${WIDE}`);
    await ada.hasSentAll();
    const texts = ["Line 7", "Two of mine", `Then ${WIDE}`, `My last ${WIDE}`];
    for (const text of texts) {
      const tools = await pointsAt(ada, text);
      expect(await coveredBy(tools), text).toBe(0);
    }
  });
}

for (const width of [320, 390]) {
  test(`the tools of a message lie over no message under a finger on ${width} px`, async ({
    meet,
    room,
    server,
  }) => {
    const ben = await talkative(server.socketUrl, room, 8);
    ben.say(`First ${WIDE}`);
    ben.say(`Then ${WIDE}`);
    const ada = await meet("Ada", { ...PHONE, viewport: { width, height: 700 } });
    await ada.join(room);
    for (const text of ["One of mine", `My first ${WIDE}`, `My last ${WIDE}`]) await ada.taps(text);
    await ada.hasSentAll();
    for (const text of [`Then ${WIDE}`, `My last ${WIDE}`]) {
      await lineOf(ada, text).getByText(text, { exact: true }).tap();
      const tools = lineOf(ada, text).getByRole("group", { name: "Actions" });
      await expect(tools).toBeInViewport({ ratio: 1 });
      expect(await coveredBy(tools), text).toBe(0);
    }
  });
}

for (const width of [390, 900, 1280, 1920]) {
  test(`the author of the first row lies over no message on ${width} px`, async ({
    meet,
    room,
    server,
  }) => {
    await talkative(server.socketUrl, room, 60);
    const ada = await meet("Ada", { viewport: { width, height: 700 } });
    await ada.join(room);
    const author = ada.page
      .locator("[aria-hidden=true]:not([role=log] *)")
      .filter({ hasText: "Ben" });
    await expect(author).toBeInViewport({ ratio: 1 });
    expect(await coveredBy(author)).toBe(0);
    const name = author.getByText("Ben", { exact: true });
    if (width >= 1280) await expect(name).toBeInViewport({ ratio: 1 });
    else await expect(name).toBeHidden();
    expect(width < 1280 || (await coveredBy(name)) === 0).toBe(true);
  });
}

for (const width of [320, 390, 1280]) {
  test(`the day and the way up to new messages lie over nothing that is read on ${width} px`, async ({
    meet,
    room,
    server,
  }) => {
    const ben = await talkative(server.socketUrl, room, 20);
    const ada = await meet("Ada", { viewport: { width, height: 700 } });
    await ada.join(room);
    await ada.looksAway();
    for (let n = 1; n <= 10; n += 1) ben.say(`${n} is ${WIDE}`);
    await ada.messages.getByText("10 is").waitFor();
    await ada.looksBack();
    const [day, up] = [
      ada.page.getByRole("button", { name: "Today" }).last(),
      ada.page.getByRole("button", { name: "10 new further up" }),
    ];
    await expect(up).toBeInViewport({ ratio: 1 });
    await expect(day).toBeInViewport({ ratio: 1 });
    const [dayBox, upBox] = [await day.boundingBox(), await up.boundingBox()];
    expect(upBox?.x).toBeGreaterThan((dayBox?.x ?? 0) + (dayBox?.width ?? 0));
    for (const button of [day, up]) expect(await inStrip(button)).toBe(true);
  });
}

/** Whether a button ends where the strip behind it begins to let rows through. */
async function inStrip(button: Locator): Promise<boolean> {
  return button.evaluate((element) => {
    const strip = document.querySelector("div:has(+ button[title='Jump to a date'])");
    const { bottom, height } = strip?.getBoundingClientRect() ?? new DOMRect();
    const { backgroundImage } = getComputedStyle(strip ?? element);
    const whole = Number(/([\d.]+)%/.exec(backgroundImage)?.[1]) / 100;
    return element.getBoundingClientRect().bottom <= bottom - height * (1 - whole);
  });
}

for (const width of [320, 1280]) {
  test(`the notice that a linked message is missing covers none of the list on ${width} px`, async ({
    meet,
    room,
    server,
  }) => {
    await talkative(server.socketUrl, room, 60);
    const ada = await meet("Ada", { viewport: { width, height: 700 } });
    await ada.join(room);
    await expect(lineOf(ada, "Line 60")).toBeInViewport();
    await ada.page.evaluate(() => {
      window.location.hash = "#999";
    });
    const notice = ada.page
      .getByRole("status")
      .filter({ hasText: "No message in this room has that number." });
    await expect(notice).toBeVisible();
    await expect(ada.page.getByRole("button", { name: "Today" }).last()).toBeInViewport();
    const [above, below] = [await notice.boundingBox(), await ada.messages.boundingBox()];
    expect((above?.y ?? 0) + (above?.height ?? 0)).toBeLessThanOrEqual(below?.y ?? 0);
    await expect(lineOf(ada, "Line 60"), "the list stays at its end").toBeInViewport();
  });
}

test("a slow first connection says so, over the outlines of messages", async ({ meet, room }) => {
  const ada = await meet("Ada");
  let open = () => undefined as void;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  await ada.page.routeWebSocket(/\/ws/, async (socket) => {
    await opened;
    socket.connectToServer();
  });
  await ada.page.goto(`/r/${room}`);
  // Nor is there a way around the socket.
  await ada.page.route("**/api/rooms/**", (route) => route.abort());
  await ada.yourName.fill("Ada");
  await ada.page.getByRole("button", { name: "Join room" }).click();
  await ada.hasSeen(/^Still connecting to the server…$/);
  const outlines = ada.page.locator("[data-outlines]");
  await expect(outlines).toBeVisible();
  await ada.page.unroute("**/api/rooms/**");
  open();
  await ada.seesCount(1);
  await expect(outlines).toHaveCount(0);
  await expect(ada.page.getByRole("status", { name: "Connection" })).toBeEmpty();
});
