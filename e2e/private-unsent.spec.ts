import { readPrivate } from "@parley/protocol";
import { PlainClient } from "@parley/testkit/plain-client";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixture.ts";
import { chooses } from "./message-actions.ts";
import { stopUndoTime } from "./page-scripts.ts";
import type { Person } from "./people.ts";
import {
  boxOf,
  conversationOf,
  opensConversation,
  privately,
  saysPrivately,
  seesPrivately,
  writesTo,
} from "./private-panel.ts";

/** The conversations that a browser lists in a room: whose they are, and whether something waits. */
const listed = (page: Page, room: string) =>
  page.evaluate((key) => {
    const list = JSON.parse(localStorage.getItem(key) ?? "[]") as Record<string, unknown>[];
    return list.map(({ name, isWaiting }) => `${String(name)}${isWaiting ? " waits" : ""}`);
  }, `parley.conversations.${room}`);

/** Ada writes privately to Ben what he sees, and deletes it; she can undo that for as long as she likes. */
async function deletesPrivately(ada: Person, ben: Person, message: string): Promise<void> {
  await ada.seesCount(2);
  await writesTo(ada, "Ben");
  await saysPrivately(ada, "Ben", message);
  await opensConversation(ben, 1);
  await seesPrivately(ben, message);
  await ada.page.evaluate(stopUndoTime);
  await chooses(privately(ada), message, "Delete");
}

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

test("[P4] what was decided or written privately is sent before the room is left", async ({
  meetInRoom,
  room,
}) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await deletesPrivately(ada, ben, "my secret");
  await expect(conversationOf(ada).getByText("my secret")).toHaveCount(0);
  await boxOf(ada, "Ben").fill("last words");
  // Both in one task: no frame is drawn in between.
  await ada.page.evaluate(() => {
    const enter = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true });
    document.querySelector("[data-private] textarea")?.dispatchEvent(enter);
    document.querySelector<HTMLElement>("[aria-label='Leave room']")?.click();
  });
  await expect(ada.roomCode).toBeVisible();
  await seesPrivately(ben, "last words");
  await expect(conversationOf(ben).getByText("my secret")).toHaveCount(0);
  await ben.seesCount(1);
  expect(await listed(ada.page, room)).toEqual(["Ben"]);
});

test("[D5] a private deletion that was decided when its room was disconnected is sent at its next visit", async ({
  meetInRoom,
  room,
}) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await deletesPrivately(ada, ben, "my secret");
  // Five rooms stay connected.
  for (const each of ["two", "three", "four", "five", "six"]) {
    await ada.joinsAnother(`${room}-${each}`);
  }
  await ada.page.locator(`a[href="/r/${room}"]`).first().click();
  await expect(conversationOf(ben).getByText("my secret")).toHaveCount(0);
  await expect.poll(() => listed(ada.page, room)).toEqual(["Ben"]);
});

test("[D5] all private messages that wait are sent, however many conversations they are in", async ({
  meet,
  room,
  server,
}) => {
  const names = Array.from({ length: 13 }, (_, at) => `Member ${String(at + 10)}`);
  const ada = await meet("Ada");
  await ada.join(room);
  const tokens = new Map<string, string>();
  for (const name of names) {
    const member = await PlainClient.connect(server.socketUrl);
    tokens.set(name, (await member.join(room, { name })).token);
  }
  await ada.seesCount(names.length + 1);
  await server.kill();
  for (const name of names) {
    await writesTo(ada, name);
    await saysPrivately(ada, name, `to ${name}`);
  }
  const blank = await ada.page.context().newPage();
  await ada.page.close();
  await server.start();
  const heard: string[] = [];
  for (const [name, token] of tokens) {
    const member = await PlainClient.connect(server.socketUrl, {
      onFrame: (frame) => {
        const held = frame.type === "private" ? readPrivate(frame.payload.frame) : undefined;
        if (held?.type === "chat") heard.push(name);
      },
    });
    await member.join(room, { name, token });
  }
  await blank.goto("/");
  await expect.poll(() => heard.toSorted()).toEqual(names);
  await expect.poll(() => listed(blank, room)).toHaveLength(names.length);
  await expect.poll(async () => (await listed(blank, room)).toSorted()).toEqual(names);
});
