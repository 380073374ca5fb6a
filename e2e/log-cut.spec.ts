import { expect, test as base } from "./fixture.ts";
import { layLine } from "./line.ts";
import { meetPerson } from "./people.ts";
import { plainClient, plainMember } from "./plain-client.ts";
import { startServer, type Server } from "./server.ts";

/** A server that keeps five entries of a room; what is more goes when it starts. */
const test = base.extend<{ server: Server }>({
  // oxlint-disable-next-line no-empty-pattern
  server: async ({}, use) => {
    const server = await startServer({ HISTORY_LIMIT: "5" });
    await use(server);
    await server.dispose();
  },
});

test("[R1] whoever was away for longer than the room keeps is told what is gone and what is new", async ({
  browser,
  server,
  room,
}) => {
  const line = await layLine(server.url);
  const ada = await meetPerson(browser, line.url, "Ada");
  await ada.join(room);
  const ben = await plainMember(server.socketUrl, room, "Ben");
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
      const visitor = await plainClient(server.socketUrl);
      visitor.send("join", { roomId: room });
      const { payload } = await visitor.hears("joined");
      visitor.close();
      return payload["entries"];
    })
    .toHaveLength(5);

  line.mend();
  await ada.hasSeen(/^Caught up: 5 new, up to 15 missed\./);
  await expect(ada.page).toHaveTitle(/^\(5\)/);
  await expect(ada.messages.getByText("Up to 15 messages are gone.")).toBeVisible();
  await ada.looksBack();
  await ada.sees("Meanwhile 20");
  await ada.doesNotSee("Before");
  await ada.goes();
  await line.dispose();
});
