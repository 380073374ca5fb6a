import type { Locator } from "@playwright/test";
import { TYPING_EVERY_MS } from "@parley/protocol";
import { expect, test } from "./fixture.ts";
import type { Person } from "./people.ts";
import { plainMember } from "./plain-client.ts";

/** A notice of typing holds for 6 s; the rest is for the browser, in ms. */
const GONE_BY_ITSELF_MS = 8_000;
/** A message takes its author off the line at once: long before the notice runs out, in ms. */
const GONE_WITH_MESSAGE_MS = 1_000;
/** Between two keys, in ms. */
const KEY_MS = 100;
/** About 5 s of keys. */
const SENTENCE = "It rains again, so let us take the earlier ferry.";

/** The line that says who is typing; it is not there while nobody does. */
function typingLine({ page }: Person): Locator {
  return page.locator("p").filter({ hasText: / typing$/ });
}

test("the line names one, two or several who type, until they speak or stop", async ({
  meet,
  room,
  server,
}) => {
  const ada = await meet("Ada");
  await ada.join(room);
  const ben = await plainMember(server.socketUrl, room, "Ben");
  const cleo = await plainMember(server.socketUrl, room, "Cleo");
  const dan = await plainMember(server.socketUrl, room, "Dan");
  await ada.seesCount(4);
  await expect(typingLine(ada)).toHaveCount(0);

  ben.send("typing", { on: true });
  await expect(typingLine(ada)).toHaveText("Ben is typing");
  cleo.send("typing", { on: true });
  await expect(typingLine(ada)).toHaveText("Ben and Cleo are typing");
  dan.send("typing", { on: true });
  await expect(typingLine(ada)).toHaveText("Several people are typing");

  ben.send("chat", { message: "That is all" });
  await expect(typingLine(ada)).toHaveText("Cleo and Dan are typing");
  dan.send("typing", { on: false });
  await expect(typingLine(ada)).toHaveText("Cleo is typing");
  await expect(typingLine(ada)).toHaveCount(0, { timeout: GONE_BY_ITSELF_MS });
});

test("typing is told at most every 2 s, and ends when the message comes", async ({
  meet,
  room,
  server,
}) => {
  const ada = await meet("Ada");
  const ben = await meet("Ben");
  await ada.join(room);
  await ben.join(room);
  const cleo = await plainMember(server.socketUrl, room, "Cleo");

  const startedAt = performance.now();
  await ada.composer.pressSequentially(SENTENCE, { delay: KEY_MS });
  const tookMs = performance.now() - startedAt;
  await expect(typingLine(ben)).toHaveText("Ada is typing");
  await expect(typingLine(ada)).toHaveCount(0);

  await ada.composer.press("Enter");
  await ben.sees(SENTENCE);
  await expect(typingLine(ben)).toHaveCount(0, { timeout: GONE_WITH_MESSAGE_MS });

  await cleo.hears("chat");
  const notices = cleo.frames.filter(({ type, payload }) => type === "typing" && payload["on"]);
  expect(notices.length).toBeGreaterThan(1);
  expect(notices.length).toBeLessThanOrEqual(Math.floor(tookMs / TYPING_EVERY_MS) + 1);
});
