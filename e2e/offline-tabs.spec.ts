import { attach } from "./files.ts";
import { expect, test } from "./line-fixture.ts";
import { countStored } from "./page-scripts.ts";
import type { Person } from "./people.ts";
import { saysPrivately, writesTo } from "./private-panel.ts";

test.use({ serviceWorkers: "allow" });

test("[D5] two tabs write offline in turn: it arrives once, in the order of writing", async ({
  meet,
  room,
  line,
  ada,
}) => {
  const ben = await meet("Ben");
  await ada.join(room);
  const other = await ada.opensAnotherTab();
  await other.isInRoom();
  await ben.join(room);
  await ben.say("Go on");
  await ada.sees("Go on");
  await other.sees("Go on");

  line.cut();
  await ada.seesReconnecting();
  await other.seesReconnecting();
  const written = ["One, here", "Two, there", "Three, here", "Four, there", "Five, here"];
  for (const [turn, text] of written.entries()) {
    const tab = turn % 2 === 0 ? ada : other;
    await tab.page.bringToFront();
    await tab.say(text);
  }
  await ada.seesInOrder(...written);
  await other.seesInOrder(...written);

  line.mend();
  await ben.sees("Five, here");
  for (const tab of [ada, other, ben]) {
    for (const text of written) await tab.sees(text);
    await tab.seesInOrder("Go on", ...written);
    await tab.seesQueued(0);
  }
});

test("[D5] what a closed tab left pending is sent by the other one", async ({
  meet,
  room,
  line,
  ada,
}) => {
  const ben = await meet("Ben");
  await ada.join(room);
  const other = await ada.opensAnotherTab();
  await other.isInRoom();
  await ben.join(room);

  line.cut();
  await ada.seesReconnecting();
  await ada.say("Left behind");
  await other.sees("Left behind");
  await ada.page.close();
  line.mend();
  await ben.sees("Left behind");
  await other.sees("Left behind");
  await other.seesQueued(0);
});

/** Where a browser keeps files until they are sent. */
const FILES = ["parley-files", "files"] as const;
const NOTE = { name: "note.txt", mimeType: "text/plain", buffer: Buffer.from("Never sent") };

/** The question before a room with unsent messages is forgotten. */
const question = ({ page }: Person) => page.getByRole("dialog", { name: "Forget this room?" });

test("a room is forgotten after a question if messages in it are not sent, private ones as well", async ({
  meet,
  room,
  line,
  ada,
}) => {
  const ben = await meet("Ben");
  await ben.join(room);
  await ada.join(room);
  await ada.seesCount(2);
  await writesTo(ada, "Ben");
  line.cut();
  await ada.seesReconnecting();
  await saysPrivately(ada, "Ben", "psst");
  await ada.say("Not sent");
  await ada.seesQueued(1);
  const forgets = async () => {
    const row = ada.page.getByRole("list", { name: "Rooms" }).getByRole("listitem");
    await row.hover();
    await row.getByRole("button", { name: /^Options/ }).click();
    await ada.page.getByRole("menuitem", { name: "Leave and forget" }).click();
  };
  await forgets();
  await expect(question(ada)).toContainText("2 messages are not sent");
  await question(ada).getByRole("button", { name: "Cancel" }).click();
  await ada.seesQueued(1);
  line.mend();
  await ben.sees("Not sent");
  await ada.hasSentAll();
  await expect(ben.page.getByRole("button", { name: "Private messages, 1 new" })).toBeVisible();
  await forgets();
  await expect(ada.roomCode).toBeVisible();
  await expect(question(ada)).toHaveCount(0);
});

test("what was never sent is not sent once its room is left and forgotten", async ({
  meet,
  room,
  line,
  ada,
}) => {
  const ben = await meet("Ben");
  await ben.join(room);
  await ada.join(room);
  line.cut();
  await ada.seesReconnecting();
  await attach(ada.page, NOTE);
  await ada.say("Never sent");
  await expect(ada.page.getByText("Waits for a connection")).toBeVisible();
  await expect.poll(() => ada.page.evaluate(countStored, FILES)).toBe(1);
  await ada.leaves();
  const left = ada.page.getByRole("link", { name: room });
  await left.hover();
  await ada.page.getByRole("button", { name: `Forget ${room}` }).click();
  await expect(question(ada)).toContainText("1 message is not sent");
  await question(ada).getByRole("button", { name: "Forget" }).click();
  await expect(left).toHaveCount(0);
  expect(await ada.page.evaluate(countStored, FILES)).toBe(0);
  line.mend();
  await ada.join(room);
  await ada.say("Back");
  await ben.sees("Back");
  await ben.doesNotSee("Never sent");
});

for (const path of ["/", "/r/elsewhere"]) {
  test(`[D5] what was never sent is sent in a later visit to ${path}, privately as well`, async ({
    meet,
    room,
    line,
    ada,
  }) => {
    const ben = await meet("Ben");
    await ben.join(room);
    await ada.join(room);
    await ada.seesCount(2);
    await writesTo(ada, "Ben");
    line.cut();
    await ada.seesReconnecting();
    await saysPrivately(ada, "Ben", "psst");
    await ada.say("Never sent");
    await ada.seesQueued(1);
    const later = await ada.page.context().newPage();
    await ada.page.close();
    line.mend();
    await later.goto(path);
    await ben.sees("Never sent");
    await expect(ben.page.getByRole("button", { name: "Private messages, 1 new" })).toBeVisible();
    await expect(later).toHaveURL(new RegExp(`${path}$`));
    await later.close();
  });
}
