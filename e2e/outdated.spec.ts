import { PlainClient } from "@parley/testkit/plain-client";
import { expect, test } from "./fixture.ts";

test("[O5] an entry of an unknown kind is skipped and reported once, and everything continues", async ({
  meet,
  room,
  server,
}) => {
  const ada = await meet("Ada");
  // A server with a newer protocol: a message "poll" becomes an entry of a new kind.
  await ada.page.routeWebSocket(/\/ws/, (socket) => {
    const upstream = socket.connectToServer();
    upstream.onMessage((message) => {
      const text = String(message);
      socket.send(text.replaceAll(/"type":"chat"(?=[^}]*"message":"poll")/g, '"type":"poll"'));
    });
  });
  await ada.join(room);
  const ben = await PlainClient.join(server.socketUrl, room, "Ben");
  for (const message of ["before", "poll", "after"]) ben.send("chat", { message });
  await ada.sees("before");
  await ada.sees("after");
  const notice = ada.page.getByText("Something newer than this version was said here.");
  await expect(notice).toBeVisible();
  await ada.doesNotSee("poll");

  await ada.page.getByRole("button", { name: "Reload" }).click();
  await ada.sees("after");
  await expect(notice).toBeVisible();
  await ada.say("I can still talk");
});
