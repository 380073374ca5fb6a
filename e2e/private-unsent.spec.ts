import type { Page } from "@playwright/test";
import { expect, test } from "./fixture.ts";
import { saysPrivately, writesTo } from "./private-panel.ts";

/** The conversations that a browser lists in a room: whose they are, and whether something waits. */
const listed = (page: Page, room: string) =>
  page.evaluate((key) => {
    const list = JSON.parse(localStorage.getItem(key) ?? "[]") as Record<string, unknown>[];
    return list.map(({ name, isWaiting }) => `${String(name)}${isWaiting ? " waits" : ""}`);
  }, `parley.conversations.${room}`);

test("[D5] the start page sends a private message in the conversation that it was written in", async ({
  meetInRoom,
  room,
  server,
}) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ada.seesCount(2);
  await writesTo(ada, "Ben");
  await server.kill();
  await saysPrivately(ada, "Ben", "psst");
  await expect.poll(() => listed(ada.page, room)).toEqual(["Ben waits"]);
  const blank = await ada.page.context().newPage();
  await ada.page.close();
  await server.start();
  await blank.goto("/");
  await expect(ben.page.getByRole("button", { name: "Private messages, 1 new" })).toBeVisible();
  await expect.poll(() => listed(blank, room)).toEqual(["Ben"]);
});
