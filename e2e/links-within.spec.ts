import { PlainClient } from "@parley/testkit/plain-client";
import { expect, test } from "./fixture.ts";
import { lineOf } from "./message-actions.ts";
import type { Person } from "./people.ts";
import { panelOf, saysPrivately, writesTo } from "./private-panel.ts";
import { talkative } from "./talkative.ts";

const tabs = ({ page }: Person) => page.context().pages().length;

test("a link to a message jumps to it in this tab, again and again, and Back returns", async ({
  meet,
  room,
  server,
  address,
}) => {
  await talkative(server.socketUrl, room, 300);
  const ada = await meet("Ada");
  await ada.join(room);
  const link = `${address}/r/${room}#20`;
  await ada.say(`see ${link}`);
  await ada.messages.getByRole("link", { name: link }).click();
  const target = lineOf(ada, "Line 20");
  await expect(target).toBeFocused();
  await expect(ada.page).toHaveURL(link);
  await ada.page.keyboard.press("End");
  await ada.messages.getByRole("link", { name: link }).click();
  await expect(target).toBeFocused();
  expect(tabs(ada)).toBe(1);
  await ada.page.goBack();
  await expect(ada.page).toHaveURL(`${address}/r/${room}`);
  await ada.isInRoom();
});

test("a link to another room goes there in this tab; with a key or the middle button, in a new one", async ({
  meet,
  room,
  address,
}) => {
  const ada = await meet("Ada");
  await ada.join(room);
  const link = `${address}/r/${room}-2`;
  await ada.say(link);
  await ada.say("https://example.org/r/elsewhere");
  const elsewhere = ada.messages.getByRole("link", { name: "https://example.org/r/elsewhere" });
  await expect(elsewhere).toHaveAttribute("target", "_blank");
  const here = ada.messages.getByRole("link", { name: link });
  const clicks = [
    () => here.click({ modifiers: ["ControlOrMeta"] }),
    () => here.click({ modifiers: ["Shift"] }),
    () => here.click({ button: "middle" }),
  ];
  for (const click of clicks) {
    const opened = ada.page.context().waitForEvent("page");
    await click();
    await (await opened).close();
    await expect(ada.page).toHaveURL(`${address}/r/${room}`);
  }
  await here.click();
  await expect(ada.page).toHaveURL(link);
  await ada.isInRoom();
  expect(tabs(ada)).toBe(1);
  await ada.page.goBack();
  await expect(here).toBeVisible();
});

test("a link in the topic or in private messages closes what is above the message", async ({
  meet,
  room,
  server,
  address,
}) => {
  await talkative(server.socketUrl, room, 60);
  const link = `${address}/r/${room}#20`;
  const cem = await PlainClient.connect(server.socketUrl);
  await cem.join(room, { name: "Cem" });
  cem.send("set", { key: "topic", value: `see ${link}` });
  const ada = await meet("Ada", { viewport: { width: 390, height: 844 } });
  await ada.join(room);
  const target = lineOf(ada, "Line 20");
  await ada.page.getByRole("button", { name: /^Topic/ }).click();
  const topic = ada.page.getByRole("dialog", { name: "Topic" });
  await topic.getByRole("link").click();
  await expect(target).toBeFocused();
  await expect(topic).toHaveCount(0);
  await ada.page.goBack();
  await expect(ada.page).toHaveURL(`${address}/r/${room}`);

  await writesTo(ada, "Cem");
  await saysPrivately(ada, "Cem", link);
  await panelOf(ada).getByRole("link", { name: link }).click();
  await expect(panelOf(ada)).toHaveCount(0);
  await expect(target).toBeFocused();
  // Nothing is left of the private messages in the browser's history.
  await ada.page.goBack();
  await expect(ada.page).toHaveURL(`${address}/r/${room}`);
  await ada.isInRoom();
  await ada.page.goBack();
  await expect(ada.roomCode).toBeVisible();
  cem.close();
});
