import { PlainClient } from "@parley/testkit/plain-client";
import type { Locator } from "@playwright/test";
import { expect, test } from "./fixture.ts";
import { lineOf, menuOf, POINTED_MS } from "./message-actions.ts";
import { talkative } from "./talkative.ts";

const LONG_NAME = "Wolfeschlegelsteinhausenbergerdo";

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (!box) throw new Error("It is not in the page.");
  return box;
}

for (const width of [320, 390, 1280, 1920]) {
  test(`people and the typing line keep their places on ${width} px`, async ({
    meet,
    room,
    server,
  }) => {
    const ada = await meet(LONG_NAME, { viewport: { width, height: 800 } });
    await ada.join(room);
    const other = await PlainClient.join(server.socketUrl, room, `${LONG_NAME.slice(1)}W`);
    await PlainClient.join(server.socketUrl, room, LONG_NAME);
    await ada.seesCount(3);

    const typing = ada.page.getByText("is typing");
    // Whether the texts end before the edge that would cut them off.
    const areWhole = async () => {
      // A typing report holds for some seconds only.
      other.send("typing", { on: true });
      return typing.evaluateAll(([element]) => {
        if (!element) return undefined;
        const words = document.createRange();
        words.selectNodeContents(element);
        let clip = document.documentElement.clientWidth;
        for (let at = element.parentElement; at; at = at.parentElement) {
          if (getComputedStyle(at).overflowX !== "visible") {
            clip = Math.min(clip, at.getBoundingClientRect().right);
          }
        }
        return words.getBoundingClientRect().right <= clip;
      });
    };
    await expect.poll(areWhole).toBe(true);

    // The panel is open from the start if it fits beside the messages.
    if (width < 1440) await ada.page.getByRole("button", { name: "3 people" }).click();
    const pencil = ada.page.getByRole("button", { name: "Change your name" });
    await expect(pencil).toBeInViewport({ ratio: 1 });
    const list = ada.page.getByRole("list", { name: "People" });
    const beyond = await list.evaluate((element) => {
      const { right } = element.getBoundingClientRect();
      const ends = [...element.querySelectorAll("button, li")].map(
        (each) => each.getBoundingClientRect().right,
      );
      return Math.max(...ends) - right;
    });
    expect(beyond).toBeLessThanOrEqual(0);
  });
}

for (const width of [320, 360, 390]) {
  test(`the header of a phone is one line on ${width} px, and names the room`, async ({
    meet,
    room,
    server,
  }) => {
    const ada = await meet("Ada", {
      viewport: { width, height: 700 },
      hasTouch: true,
      isMobile: true,
    });
    const guest = await PlainClient.join(server.socketUrl, room, "Guest");
    for (let each = 2; each <= 10; each += 1) {
      await PlainClient.join(server.socketUrl, room, `Guest ${each}`);
    }
    await ada.join(room);
    await ada.seesCount(11);
    const header = await boxOf(ada.page.getByRole("banner"));
    expect(header.height).toBe(56);
    const title = ada.page.getByRole("button", { name: "Copy room code" });
    await expect(title).toBeInViewport({ ratio: 1 });
    const name = title.getByText(room);
    expect(await name.evaluate((said) => said.scrollHeight - said.clientHeight)).toBe(0);

    // Below a name, the code is one line, and whole.
    guest.send("set", { key: "name", value: "The crew of the harbour" });
    await expect(title).toContainText("The crew");
    expect(await name.evaluate((said) => said.scrollWidth - said.clientWidth)).toBe(0);
  });
}

test("a message's tools stay visible, and a right click opens its menu there", async ({
  meet,
  room,
  server,
}) => {
  const ben = await talkative(server.socketUrl, room, 30);
  const tall = Array.from({ length: 60 }, (_, line) => `Row ${line}`).join("\n");
  ben.send("chat", { message: tall });
  const ada = await meet("Ada", { viewport: { width: 1280, height: 600 } });
  await ada.join(room);
  const line = ada.messages.getByRole("article").filter({ hasText: "Row 59" });
  await expect(line).toBeInViewport();
  await line.getByRole("button", { name: "Show more" }).click();
  await ada.messages.press("End");
  await expect(line.getByRole("button", { name: "Show less" })).toBeInViewport();
  const { x, y, width, height } = await boxOf(ada.messages);
  const middle = { x: x + width / 2 - 200, y: y + height / 2 };
  const tools = line.getByRole("group", { name: "Actions" });
  // While the list moves, a pointer is on no row, and one that rests comes onto none.
  await expect(async () => {
    await ada.page.mouse.move(middle.x - 1, middle.y);
    await ada.page.mouse.move(middle.x, middle.y);
    await expect(tools).toBeInViewport({ ratio: 1, timeout: POINTED_MS });
  }).toPass();
  const box = await boxOf(tools);
  expect(box.y).toBeGreaterThanOrEqual(y);
  await tools.getByRole("button", { name: "Reply" }).click();
  await expect(ada.page.getByText("Replying to")).toBeVisible();

  // While the list makes room for the reply, a pointer is on no row.
  await expect(async () => {
    await ada.page.mouse.click(middle.x, middle.y, { button: "right" });
    await expect(menuOf(ada)).toBeInViewport({ ratio: 1, timeout: POINTED_MS });
  }).toPass();
  const menu = await boxOf(menuOf(ada));
  expect(Math.abs(menu.x - middle.x)).toBeLessThan(menu.width + 20);
  await ada.page.keyboard.press("Escape");
  await expect(menuOf(ada)).toHaveCount(0);
});

test("the tools of a room's first message are visible", async ({ meet, room }) => {
  const ada = await meet("Ada", { viewport: { width: 1280, height: 600 } });
  await ada.join(room);
  for (let line = 1; line <= 30; line += 1) await ada.say(`Line ${line}`);
  await ada.hasSentAll();
  await ada.messages.press("Home");
  const log = await boxOf(ada.messages);
  const first = lineOf(ada, "Line 1");
  await first.getByText("Line 1", { exact: true }).hover();
  // So that the row is right under the header.
  await first.evaluate((line) => {
    const scroller = line.closest("[role=log]");
    const said = line.querySelector("[data-said]");
    if (!scroller || !said) throw new Error("There is no line.");
    scroller.scrollTop += said.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  });
  await first.getByText("Line 1", { exact: true }).hover();
  const tools = first.getByRole("group", { name: "Actions" });
  await expect(tools).toBeInViewport({ ratio: 1 });
  await expect
    .poll(async () => (await tools.boundingBox())?.y ?? Number.NaN)
    .toBeGreaterThanOrEqual(log.y);
});
