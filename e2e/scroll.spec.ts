import type { Locator } from "@playwright/test";
import { measurePrepending } from "../scripts/figures-in-page.ts";
import { expect, test } from "./fixture.ts";
import { lineOf } from "./message-actions.ts";
import type { Person } from "./people.ts";
import { talkative } from "./talkative.ts";

/** Small enough that a few messages fill it. */
const SMALL = { viewport: { width: 800, height: 500 } };
/** More messages than that. */
const FEW_LINES = 30;
/** More than a window and two pages contain. */
const MANY_LINES = 400;
/** How many rows are drawn at most, however many are loaded. */
const DRAWN_MAX = 100;
/** The wheel has come to rest after this long without a movement, in ms. */
const STILL_MS = 300;

/** Turns the wheel over the log, and waits until that has moved it and it stands still again. */
async function wheels({ messages, page }: Person, deltaY: number): Promise<void> {
  await messages.hover();
  const moving = await messages.evaluateHandle((log, stillMs) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let timer: number | undefined;
    log.addEventListener("scroll", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(resolve, stillMs);
    });
    return { still: promise };
  }, STILL_MS);
  await page.mouse.wheel(0, deltaY);
  await moving.evaluate(({ still }) => still);
}

/** A row in the middle of the view. */
async function lineUnderTheEye(person: Person): Promise<Locator> {
  const text = await person.messages.evaluate((log) => {
    const middle = log.getBoundingClientRect().top + log.clientHeight / 2;
    const line = [...log.querySelectorAll("article")].find(
      (article) => article.getBoundingClientRect().top > middle,
    );
    return line?.querySelector("[data-said] p")?.textContent ?? "";
  });
  return lineOf(person, text);
}

async function topOf(line: Locator): Promise<number> {
  return (await line.boundingBox())?.y ?? Number.NaN;
}

test("the log stays at its end only while the user is there", async ({ meet, room, server }) => {
  const ben = await talkative(server.socketUrl, room, FEW_LINES);
  const ada = await meet("Ada", SMALL);
  await ada.join(room);
  await expect(lineOf(ada, `Line ${FEW_LINES}`)).toBeInViewport();
  ben.send("chat", { message: "To one at the end" });
  await expect(lineOf(ada, "To one at the end")).toBeInViewport();

  await wheels(ada, -30);
  ben.send("chat", { message: "To one near the end" });
  await expect(lineOf(ada, "To one near the end")).toBeInViewport();

  await wheels(ada, -60);
  await expect(ada.page.getByRole("button", { name: "Jump to latest" })).toBeVisible();
  await wheels(ada, -340);
  const line = await lineUnderTheEye(ada);
  const before = await topOf(line);
  ben.send("chat", { message: "To one further up" });
  await expect(ada.page.getByRole("button", { name: "1 new message" })).toBeVisible();
  expect(Math.abs((await topOf(line)) - before)).toBeLessThan(1);
  await expect(lineOf(ada, "To one further up")).not.toBeInViewport();

  await ada.say("My own words");
  await expect(lineOf(ada, "My own words")).toBeInViewport();
  ben.send("chat", { message: "To one who is back" });
  await expect(lineOf(ada, "To one who is back")).toBeInViewport();
});

test("older pages load without moving the text, back to the start of the room", async ({
  meet,
  room,
  server,
}) => {
  await talkative(server.socketUrl, room, MANY_LINES);
  const ada = await meet("Ada");
  await ada.join(room);
  await expect(lineOf(ada, `Line ${MANY_LINES}`)).toBeInViewport();

  const { pages, movedPx } = await ada.page.evaluate(measurePrepending);
  expect(pages).toBeGreaterThan(1);
  expect(movedPx).toBeLessThan(1);
  await expect(ada.messages.getByText("This is where the room begins.")).toBeInViewport();
  await expect(lineOf(ada, "Line 1")).toBeInViewport();
  expect(await ada.messages.getByRole("article").count()).toBeLessThan(DRAWN_MAX);

  await ada.messages.press("End");
  await expect(lineOf(ada, `Line ${MANY_LINES}`)).toBeInViewport();
  expect(await ada.messages.getByRole("article").count()).toBeLessThan(DRAWN_MAX);
});

test("new messages are counted while reading further up, and one click leads to them", async ({
  meet,
  room,
  server,
}) => {
  const ben = await talkative(server.socketUrl, room, FEW_LINES);
  const ada = await meet("Ada", SMALL);
  await ada.join(room);
  await expect(lineOf(ada, `Line ${FEW_LINES}`)).toBeInViewport();
  await wheels(ada, -600);
  await expect(ada.page.getByRole("button", { name: "Jump to latest" })).toBeVisible();

  for (let news = 1; news <= 12; news += 1) ben.send("chat", { message: `News ${news}` });
  const jump = ada.page.getByRole("button", { name: "12 new messages" });
  await jump.click();
  await expect(lineOf(ada, "News 12")).toBeInViewport();
  await expect(ada.messages).toBeFocused();
  await expect(jump).toHaveCount(0);
});

test("a new member sees the messages before many reactions", async ({ meet, room, server }) => {
  const ben = await talkative(server.socketUrl, room, 41);
  const last = ben.frames.findLast((frame) => frame.type === "chat");
  const target = last?.payload.id ?? "";
  for (let times = 1; times <= 61; times += 1) {
    ben.send("react", { target, emoji: "👍", on: times % 2 === 1 });
  }
  const reactions = () => ben.frames.filter(({ type }) => type === "reacted").length;
  await expect.poll(reactions).toBe(61);

  const ada = await meet("Ada", SMALL);
  await ada.join(room);
  await expect(lineOf(ada, "Line 41")).toBeInViewport();
  await expect(lineOf(ada, "Line 41").getByRole("button", { name: /👍/u })).toHaveCount(1);
  await ada.messages.press("Home");
  await expect(lineOf(ada, "Line 1")).toBeInViewport();
});

test("a list that is shorter than its view loads what comes before it", async ({
  meet,
  room,
  server,
}) => {
  await talkative(server.socketUrl, room, 120);
  const ada = await meet("Ada", { viewport: { width: 800, height: 7_000 } });
  await ada.join(room);
  await expect(lineOf(ada, "Line 120")).toBeInViewport();
  await expect(lineOf(ada, "Line 1")).toBeInViewport();
  await expect(ada.messages.getByText("This is where the room begins.")).toBeInViewport();
});
