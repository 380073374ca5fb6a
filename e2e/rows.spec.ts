import { PlainClient } from "@parley/testkit/plain-client";
import { attach, picture } from "./files.ts";
import { expect, test } from "./line-fixture.ts";
import { lineOf } from "./message-actions.ts";

test("a message's row keeps its elements when it is acknowledged, behind later ones of others", async ({
  ada,
  line,
  room,
  server,
}) => {
  await ada.join(room);
  const ben = await PlainClient.join(server.socketUrl, room, "Ben");
  line.cut();
  await ada.seesReconnecting();
  await ada.say("Written offline");
  await attach(ada.page, await picture(ada, "quay.png", [640, 480]));
  await ada.page.getByRole("button", { name: "Send", exact: true }).click();
  const photo = ada.messages.getByRole("button", { name: /^Open picture/ });
  const parts = await Promise.all([
    lineOf(ada, "Written offline").elementHandle(),
    lineOf(ada, "Written offline").getByText("Written offline").elementHandle(),
    photo.elementHandle(),
  ]);

  ben.say("Meanwhile");
  await ben.next("chat");
  line.mend();
  await ada.seesInOrder("Meanwhile", "Written offline");
  await ada.hasSentAll();
  await expect(ada.messages.getByRole("progressbar")).toHaveCount(0);
  for (const part of parts) expect(await part?.evaluate((node) => node.isConnected)).toBe(true);
});
