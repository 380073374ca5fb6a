import type { Locator } from "@playwright/test";
import { TYPING_EVERY_MS } from "@parley/protocol";
import { PlainClient } from "@parley/testkit/plain-client";
import { expect, test } from "./fixture.ts";
import type { Person } from "./people.ts";

/** A typing report holds for 6 s; after this long, in ms, it is repeated. */
const SEEN_MS = 3_000;
/** Between two keys, in ms. */
const KEY_MS = 100;
/** About 5 s of keys. */
const SENTENCE = "It rains again, so let us take the earlier ferry.";

/** The line that says who is typing; it is missing while nobody does. */
function typingLine({ page }: Person): Locator {
  return page.locator("p").filter({ hasText: / typing$/ });
}

/** Waits until a text is in the log; returns whether a member is shown as typing just then. */
function typingBeside(text: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const says = (place: Element | null, words: string) =>
    place?.textContent.includes(words) ?? false;
  const observer = new MutationObserver(() => {
    if (!says(document.querySelector("[role=log]"), text)) return;
    observer.disconnect();
    // Both arrive with one frame of the server, but may be drawn one after the other.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => resolve(says(document.body, "is typing"))),
    );
  });
  observer.observe(document.body, { childList: true, characterData: true, subtree: true });
  return promise;
}

test("the line names one, two or several typing members, until they send or stop", async ({
  meet,
  room,
  server,
}) => {
  const ada = await meet("Ada");
  await ada.join(room);
  const ben = await PlainClient.join(server.socketUrl, room, "Ben");
  const cleo = await PlainClient.join(server.socketUrl, room, "Cleo");
  const dan = await PlainClient.join(server.socketUrl, room, "Dan");
  await ada.seesCount(4);
  await expect(typingLine(ada)).toHaveCount(0);

  /** These type until it shows: on a slow machine a report may expire before it is checked. */
  const sees = (text: string, ...typists: readonly PlainClient[]) =>
    expect(async () => {
      for (const typist of typists) typist.send("typing", { on: true });
      await expect(typingLine(ada)).toHaveText(text, { timeout: SEEN_MS });
    }).toPass();
  await sees("Ben is typing", ben);
  await sees("Ben and Cleo are typing", ben, cleo);
  await sees("Several people are typing", ben, cleo, dan);

  ben.send("chat", { message: "That is all" });
  await sees("Cleo and Dan are typing", cleo, dan);
  dan.send("typing", { on: false });
  await sees("Cleo is typing", cleo);
  await expect(typingLine(ada)).toHaveCount(0);
});

test("typing is reported at most every 2 s, and ends when the message arrives", async ({
  meetInRoom,
  room,
  server,
}) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  const cleo = await PlainClient.join(server.socketUrl, room, "Cleo");

  const startedAt = performance.now();
  await Promise.all([
    ada.composer.pressSequentially(SENTENCE, { delay: KEY_MS }),
    ben.hasSeen(/Ada is typing/),
  ]);
  const tookMs = performance.now() - startedAt;
  await expect(typingLine(ada)).toHaveCount(0);

  const isTypingWhenHeard = ben.page.evaluate(typingBeside, SENTENCE);
  await ada.composer.press("Enter");
  expect(await isTypingWhenHeard).toBe(false);
  await ben.sees(SENTENCE);

  await cleo.next("chat");
  const notices = cleo.frames.filter(({ type, payload }) => type === "typing" && payload["on"]);
  expect(notices.length).toBeGreaterThan(1);
  expect(notices.length).toBeLessThanOrEqual(Math.floor(tookMs / TYPING_EVERY_MS) + 1);
});
