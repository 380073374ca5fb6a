import { PlainClient } from "@parley/testkit/plain-client";
import type { Page, WebSocketRoute } from "@playwright/test";
import { expect, test } from "./fixture.ts";
import {
  boxOf,
  conversationOf,
  panelOf,
  saysPrivately,
  seesPrivately,
  writesTo,
} from "./private-panel.ts";

test("[D5] a private message that waits survives a reload, and is sent", async ({
  meet,
  room,
  server,
}) => {
  const ada = await meet("Ada");
  let isCut = false;
  const sockets: WebSocketRoute[] = [];
  await ada.page.routeWebSocket("**/ws*", async (socket) => {
    if (isCut) await socket.close();
    else sockets.push(socket, socket.connectToServer());
  });
  await ada.page.route("**/api/**", (route) => (isCut ? route.abort() : route.continue()));
  await ada.join(room);
  const ben = await PlainClient.join(server.socketUrl, room, "Ben");
  await ada.seesCount(2);
  await writesTo(ada, "Ben");
  isCut = true;
  for (const socket of sockets) await socket.close();
  await saysPrivately(ada, "Ben", "psst");
  await expect(conversationOf(ada).getByText("Queued", { exact: true })).toBeVisible();
  await ada.page.reload();
  await expect(conversationOf(ada).getByText("Queued", { exact: true })).toBeVisible();
  await panelOf(ada).getByRole("button", { name: "Close" }).click();
  isCut = false;
  expect(await ben.next("private")).toMatchObject({
    frame: { type: "chat", payload: { message: "psst" } },
  });
  ben.close();
});

/** The parts around the messages arrive once the promise is resolved. */
async function heldBack(page: Page): Promise<PromiseWithResolvers<void>> {
  const answers = Promise.withResolvers<void>();
  await page.route("**/assets/around*", async (route) => {
    await answers.promise;
    await route.continue();
  });
  return answers;
}

test("a reload opens the conversation again that was open, even an empty one", async ({
  meetInRoom,
}) => {
  const [ada] = await meetInRoom("Ada", "Ben");
  await writesTo(ada, "Ben");
  await ada.reloads();
  await expect(boxOf(ada, "Ben")).toBeFocused();
  await saysPrivately(ada, "Ben", "psst");
  await seesPrivately(ada, "psst");

  // The draft of the room takes nothing that may be meant privately.
  await ada.composer.fill("Good mor");
  await boxOf(ada, "Ben").focus();
  const answers = await heldBack(ada.page);
  await ada.reloads();
  await expect(ada.composer).toHaveValue("Good mor");
  await expect(ada.composer).not.toBeFocused();
  await ada.page.keyboard.type("/w secret");
  await expect(ada.composer).toHaveValue("Good mor");
  // Who goes into the room's box at that moment stays there.
  await ada.composer.click();
  answers.resolve();
  await seesPrivately(ada, "psst");
  await ada.page.keyboard.type("ning");
  await expect(ada.composer).toHaveValue("Good morning");
  await ada.reloads();
  await expect(boxOf(ada, "Ben")).toBeFocused();
  await panelOf(ada).getByRole("button", { name: "Close" }).click();
  await ada.reloads();
  await expect(ada.page.getByRole("button", { name: "Private messages" })).toBeVisible();
  await expect(panelOf(ada)).toHaveCount(0);
});
