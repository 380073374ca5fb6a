import { expect, test } from "./fixture.ts";
import { lineOf } from "./message-actions.ts";
import type { Person } from "./people.ts";
import { talkative } from "./talkative.ts";

const DAY_MS = 24 * 60 * 60_000;
/** More than a window and two pages hold. */
const LINES = 300;

/** The day and the author of the first lines in view, above the list. */
const dayAbove = ({ page }: Person, name: string) =>
  page.getByRole("button", { name, exact: true }).and(page.locator(":not([role=log] *)"));

test("the day and the author of what is in view stand above it", async ({ meet, room, server }) => {
  await talkative(server.socketUrl, room, 40);
  const ada = await meet("Ada");
  await ada.join(room);
  await expect(lineOf(ada, "Line 40")).toBeInViewport();
  await expect(dayAbove(ada, "Today")).toBeInViewport({ ratio: 1 });
  const author = ada.page.locator("[aria-hidden=true]:not([role=log] *)").getByText("Ben");
  await expect(author).toBeInViewport({ ratio: 1 });

  await ada.messages.press("Home");
  await expect(lineOf(ada, "Line 1")).toBeInViewport();
  await expect(dayAbove(ada, "Today")).toHaveCount(0);
  await expect(author).toHaveCount(0);
});

test("a date leads to its first message, by keyboard alone", async ({ meet, room, server }) => {
  await talkative(server.socketUrl, room, LINES);
  const ada = await meet("Ada");
  // It was said yesterday.
  await ada.page.clock.setFixedTime(Date.now() + DAY_MS);
  await ada.join(room);
  await expect(lineOf(ada, `Line ${LINES}`)).toBeInViewport();
  await dayAbove(ada, "Yesterday").focus();
  await ada.page.keyboard.press("Enter");
  const date = ada.page.getByRole("dialog").getByLabel("Jump to a date");
  await expect(date).toBeFocused();
  await date.press("Enter");
  await expect(lineOf(ada, "Line 1")).toBeInViewport();
  await expect(lineOf(ada, "Line 1")).toBeFocused();
});

test("a date on which nothing was said any more says so", async ({ meet, room, server }) => {
  await talkative(server.socketUrl, room, 3);
  const ada = await meet("Ada");
  await ada.page.clock.setFixedTime(Date.now() + DAY_MS);
  await ada.join(room);
  await ada.messages.getByRole("button", { name: "Yesterday" }).click();
  const date = ada.page.getByRole("dialog").getByLabel("Jump to a date");
  const today = await date.getAttribute("max");
  await date.fill(today ?? "");
  await ada.page.getByRole("button", { name: "Go", exact: true }).click();
  await ada.hasSeen(/Nothing was said since that day/);
});
