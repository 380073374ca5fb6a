import type { Locator } from "@playwright/test";
import { PlainClient } from "@parley/testkit/plain-client";
import { expect, test } from "./fixture.ts";
import { talkative } from "./talkative.ts";
import type { Person } from "./people.ts";

/** What is read out of new messages. */
const spokenTo = ({ page }: Person): Locator =>
  page.locator("[aria-live=polite][aria-relevant=additions]");

test("a screen reader announces new messages, and not the first window", async ({ meet, room }) => {
  const ada = await meet("Ada");
  const ben = await meet("Ben");
  await ben.join(room);
  await ben.say("Long ago");
  await ben.sees("Long ago");
  await ada.join(room);
  await ada.sees("Long ago");
  // The log itself announces nothing: its rows are mounted and unmounted while scrolling.
  await expect(ada.messages).toHaveAttribute("aria-live", "off");
  const spoken = spokenTo(ada);
  await expect(spoken).toBeEmpty();

  await ben.say("Good **morning**");
  await expect(spoken).toHaveText("Ben: Good morning");
  await ada.say("My own words");
  await ada.sees("My own words");
  await expect(spoken).toHaveText("Ben: Good morning");
  await ben.say("Tea, Ada?");
  await expect(spoken).toHaveText("Ben mentions you: Tea, Ada?");
});

test("a screen reader announces the connection apart from messages", async ({
  meet,
  room,
  server,
}) => {
  const ada = await meet("Ada");
  await ada.join(room);
  const connection = ada.page.getByRole("status", { name: "Connection" });
  await expect(connection).toBeEmpty();
  await server.kill();
  await expect(connection).toContainText("Reconnecting");
  await server.start();
  await ada.hasSeen(/^Back online\.$/);
  await expect(connection).toBeEmpty();
});

test("a screen reader announces each message of a burst once, alone or in a sum", async ({
  meet,
  room,
  server,
}) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await expect(spokenTo(ada)).toBeEmpty();
  await spokenTo(ada).evaluate((region) => {
    let sum = 0;
    new MutationObserver((records) => {
      for (const { addedNodes } of records) {
        for (const { textContent } of addedNodes) {
          sum += Number(/^(\d+) new messages$/.exec(textContent ?? "")?.[1] ?? 1);
        }
      }
      (region as HTMLElement).dataset["told"] = `${sum}`;
    }).observe(region, { childList: true });
  });
  await talkative(server.socketUrl, room, 12);
  await expect(spokenTo(ada)).toHaveAttribute("data-told", "12");
});

test("stepping through messages says author and time, and the date when the day changes", async ({
  meet,
  room,
  server,
}) => {
  const ben = await PlainClient.join(server.socketUrl, room, "Ben");
  for (const message of ["First", "Second", "Third"]) ben.say(message);
  for (let heard = 1; heard <= 3; heard += 1) await ben.next("chat");
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.sees("Third");
  await ada.messages.focus();
  const focused = ada.page.locator("article:focus");
  const time = String.raw`\d{1,2}:\d\d.[AP]M`;
  await ada.page.keyboard.press("ArrowUp");
  await expect(focused).toHaveAccessibleName(new RegExp(`^Ben, ${time}$`));
  await expect(focused).toHaveAccessibleDescription("Third");
  await ada.page.keyboard.press("ArrowUp");
  await expect(focused).toHaveAccessibleName(new RegExp(`^Ben, ${time}$`));
  await ada.page.keyboard.press("ArrowUp");
  await expect(focused).toHaveAccessibleDescription("First");
  await expect(focused).toHaveAccessibleName(new RegExp(`^Ben, \\w+day, .+ \\d{4}.+${time}$`));
});
