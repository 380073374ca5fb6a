import { expect, test } from "./fixture.ts";
import { slowEscape } from "./page-scripts.ts";
import { boxOf, panelOf, saysPrivately, seesPrivately, writesTo } from "./private-panel.ts";
import { refusesName } from "./refused-name.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test("on a phone, private messages opened again at once stay open; after them the room has the focus", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada", PHONE);
  await ada.join(room);
  const ben = await meet("Ben");
  await ben.join(room);
  await ada.seesCount(2);
  await writesTo(ben, "Ada");
  await saysPrivately(ben, "Ada", "psst");
  const list = ada.page.getByRole("list", { name: "Conversations" });
  const button = ada.page.getByRole("button", { name: /^Private messages/ });
  const place = await button.boundingBox();
  await button.click();
  await expect(list).toBeVisible();
  await ada.page.evaluate(slowEscape);
  const { x, y } = place ?? { x: 0, y: 0 };
  await Promise.all([ada.page.keyboard.press("Escape"), ada.page.mouse.click(x + 10, y + 10)]);
  await list.getByRole("button").click();
  await seesPrivately(ada, "psst");
  await ada.page.goBack();
  await expect(panelOf(ada)).toHaveCount(0);
  await expect(button).toBeFocused();
  // Where the focus was is gone by then.
  await ada.page.getByRole("button", { name: /\d+ people/ }).click();
  const people = ada.page.getByRole("list", { name: "People" });
  await people.getByRole("button", { name: "Ben" }).click();
  await ada.page.getByRole("menuitem", { name: "Message privately" }).click();
  await seesPrivately(ada, "psst");
  await ada.page.keyboard.press("Escape");
  await expect(ada.messages).toBeFocused();
});

test("on a phone, a new name that is asked for in private messages says there what became of it", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada", PHONE);
  const answer = await refusesName(ada, {
    code: "bad_name",
    message: "Not this one.",
    temporary: false,
  });
  await ada.join(room);
  const ben = await meet("Ben");
  await ben.join(room);
  await ada.seesCount(2);
  await ada.page.getByRole("button", { name: /\d+ people/ }).click();
  await ada.page.getByRole("list", { name: "People" }).getByRole("button", { name: "Ben" }).click();
  await ada.page.getByRole("menuitem", { name: "Message privately" }).click();
  await boxOf(ada, "Ben").fill("/name Grace");
  await panelOf(ada).getByRole("button", { name: "Send", exact: true }).click();
  await expect(panelOf(ada).getByText("Changing your name to Grace…")).toBeVisible();
  answer();
  const why = "Your name was not changed to Grace. Not this one.";
  await expect(panelOf(ada).getByText(why)).toBeVisible();
});

test("on a phone, private messages show that the connection is lost, and nobody is said to be here", async ({
  meet,
  room,
  server,
}) => {
  const ada = await meet("Ada", PHONE);
  await ada.join(room);
  const ben = await meet("Ben");
  await ben.join(room);
  await ada.seesCount(2);
  await ada.page.getByRole("button", { name: /\d+ people/ }).click();
  await ada.page.getByRole("list", { name: "People" }).getByRole("button", { name: "Ben" }).click();
  await ada.page.getByRole("menuitem", { name: "Message privately" }).click();
  const panel = panelOf(ada);
  await expect(panel.getByText("Private · here")).toBeVisible();
  await boxOf(ada, "Ben").fill("psst");
  await panel.getByRole("button", { name: "Send", exact: true }).click();
  await seesPrivately(ada, "psst");
  await server.kill();
  const banner = panel.getByRole("status", { name: "Connection" });
  await expect(banner).toContainText("Reconnecting");
  await expect(panel.getByRole("button", { name: "Retry now" })).toBeVisible();
  await expect(panel.getByText("Private", { exact: true })).toBeVisible();
  await expect(panel).not.toContainText("not here");
  await panel.getByRole("button", { name: "All private messages" }).click();
  await expect(banner).toContainText("Reconnecting");
  await expect(panel).not.toContainText("Not here");
  await server.start();
  await expect(banner).not.toContainText("Reconnecting");
  await panel.getByRole("list", { name: "Conversations" }).getByRole("button").click();
  await expect(panel.getByText("Private · here")).toBeVisible();
});
