import { PlainClient } from "@parley/testkit/plain-client";
import type { ServerProcess } from "@parley/testkit/server-process";
import { TcpProxy } from "@parley/testkit/tcp-proxy";
import { expect, test as base } from "./fixture.ts";
import { meetPerson } from "./people.ts";
import { startServer } from "./server.ts";

/** A server that keeps five entries of a room; older ones are removed when it starts. */
const test = base.extend<{ server: ServerProcess }>({
  // oxlint-disable-next-line no-empty-pattern
  server: async ({}, use) => {
    const server = await startServer({ env: { HISTORY_LIMIT: "5" } });
    await use(server);
    await server.dispose();
  },
});

test("[R1] a member who was away longer than entries are kept sees what is gone and what is new", async ({
  browser,
  server,
  room,
}) => {
  const line = await TcpProxy.start(server.port, "talk");
  const ada = await meetPerson(browser, line.url, "Ada");
  await ada.join(room);
  const ben = await PlainClient.join(server.socketUrl, room, "Ben");
  ben.send("chat", { message: "Before" });
  await ada.sees("Before");

  line.cut();
  await ada.looksAway();
  for (let said = 1; said <= 20; said += 1) ben.send("chat", { message: `Meanwhile ${said}` });
  await expect.poll(() => ben.frames.filter(({ type }) => type === "chat").length).toBe(21);
  await server.stop();
  await server.start();
  await expect
    .poll(async () => {
      const visitor = await PlainClient.connect(server.socketUrl);
      const { entries } = await visitor.join(room);
      visitor.close();
      return entries;
    })
    .toHaveLength(5);

  line.mend();
  await ada.hasSeen(/^Back online\. 5 new messages\. Up to 15 before them are no longer kept\./);
  await expect(ada.page).toHaveTitle(/^\(5\)/);
  await expect(ada.messages.getByText("Up to 15 messages are gone.")).toBeVisible();
  await ada.looksBack();
  await ada.sees("Meanwhile 20");
  await ada.doesNotSee("Before");
  await ada.goes();
  await line.close();
});
