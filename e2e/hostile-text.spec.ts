import { PlainClient } from "@parley/testkit/plain-client";
import { expect, test } from "./fixture.ts";
import type { Person } from "./people.ts";

/** The longest message, in characters. */
const SIZE = 4_000;
/** The most elements of one row of the log, with its author, its tools and its text. */
const ELEMENTS_MAX = 400;
/** For everything, on a busy machine, in ms. */
const PATIENCE_MS = 30_000;

const filled = (piece: string) => piece.repeat(Math.ceil(SIZE / piece.length)).slice(0, SIZE);
const lines = (line: (at: number) => string) =>
  Array.from({ length: 80 }, (_, at) => line(at)).join("\n");

/** Texts that could block a page, and a part that must be visible. */
const hostile: readonly (readonly [text: string, seen: string])[] = [
  // A naive pattern has exponentially many ways to split skin tones off.
  [`${"👍🏽".repeat(40)}x`, "👍🏽👍🏽x"],
  [filled("*a **b __c _d ~~e "), "~~e *a **b"],
  [filled("[[[["), "[[[["],
  [filled("****"), "****"],
  [`\` ${"a".repeat(SIZE - 10)}\``, "aaaa"],
  [lines((at) => `${"`".repeat(at + 1)} a`), "``` a"],
  [`\`\`\`\n${filled("unclosed ").slice(20)}`, "unclosed unclosed"],
  [filled("https://a.example/ "), "https://a.example/"],
  [
    `https://${Array.from({ length: 2_000 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join("")}`,
    "一丁丂",
  ],
  [`https://a${"\u0300\u0316".repeat(1_500)}`, "https://a"],
  [lines((at) => `${" ".repeat(at % 40)}- deep`), "deep"],
  [lines((at) => `${">".repeat(at % 40)} quoted`), "quoted"],
  [filled("`b` "), "b"],
  // These took the most elements, or the longest to lay out.
  [filled(">>>>a\n\n"), "a"],
  [filled("1. a\n"), "a"],
  [filled("```\na```\n"), "a"],
  [filled("- ```\n  a\n"), "a"],
  [filled("```js\n1```\n"), "1"],
  [filled("> - > - c\n"), "c"],
  [`d${filled("\u0300\u0316\u202e").slice(0, 3_000)}`, "d\u0300"],
];

/** Watches a page for long tasks; returns the longest since the last call, in ms. */
async function watchTasks({ page }: Person): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { times });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) times.push(duration);
    }).observe({ entryTypes: ["longtask"] });
  });
  return () =>
    page.evaluate(() => Math.max(0, ...(window as unknown as { times: number[] }).times.splice(0)));
}

/** The most elements that a row of the log is drawn with. */
function mostElements({ messages }: Person): Promise<number> {
  return messages
    .getByRole("article")
    .evaluateAll((lines) => Math.max(...lines.map((line) => line.querySelectorAll("*").length)));
}

test("a page responds while it receives hostile text, and shows it", async ({
  meet,
  room,
  server,
}) => {
  test.slow();
  const ada = await meet("Ada");
  await ada.join(room);
  const longest = await watchTasks(ada);
  const eve = await PlainClient.join(server.socketUrl, room, "Eve");
  eve.send("chat", { message: filled("plain words ") });
  await expect(ada.messages).toContainText("plain words", { timeout: PATIENCE_MS });
  const plain = await longest();
  for (const [at, [text, seen]] of hostile.entries()) {
    eve.send("chat", { message: text });
    await ada.composer.press("x");
    await eve.next("chat");
    eve.send("chat", { message: `that was ${at}` });
    await eve.next("chat");
    await expect(ada.messages.getByText(`that was ${at}`, { exact: true })).toBeVisible({
      timeout: PATIENCE_MS,
    });
    await expect(ada.messages).toContainText(seen, { timeout: PATIENCE_MS });
    expect(await mostElements(ada), text.slice(0, 20)).toBeLessThan(ELEMENTS_MAX);
  }
  await expect(ada.composer).toHaveValue("x".repeat(hostile.length));
  await ada.say("Still here");
  await ada.sees("Still here");
  console.log(
    `The longest task over hostile text: ${Math.round(await longest())} ms; over plain words: ${Math.round(plain)} ms (0: under 50)`,
  );
  eve.close();
});

/** A worker in place of the real one: over some code it never ends. */
const STUCK_WORKER = `
  onmessage = ({ data: { code } }) => {
    while (code.includes("forever"));
    postMessage([{ text: code, ink: "word" }]);
  };
  postMessage("ready");
`;

test.describe("code that takes forever to colour", () => {
  // A service worker would have the worker's file already.
  test.use({ serviceWorkers: "block" });

  test("stays plain, its worker is ended, and other code gets its colours", async ({
    meet,
    room,
    server,
  }) => {
    const ada = await meet("Ada");
    await ada.page.route("**/assets/highlight-worker*", (route) =>
      route.fulfill({ contentType: "text/javascript", body: STUCK_WORKER }),
    );
    await ada.join(room);
    const eve = await PlainClient.join(server.socketUrl, room, "Eve");
    const ended: string[] = [];
    ada.page.on("worker", (worker) => worker.once("close", () => ended.push(worker.url())));
    for (const code of ["for (;;) forever();", "const honest = 1;"]) {
      eve.send("chat", { message: `\`\`\`js\n${code}\n\`\`\`` });
      await expect(ada.messages.getByText(code)).toBeVisible({ timeout: PATIENCE_MS });
    }
    await ada.say("Still here");
    await ada.sees("Still here");
    const coloured = ada.messages.locator(".ink-word");
    await expect(coloured).toHaveText("const honest = 1;", { timeout: PATIENCE_MS });
    await expect.poll(() => ended.length, { timeout: PATIENCE_MS }).toBe(1);
    await expect(ada.messages.locator("pre span")).toHaveCount(1);
    eve.close();
  });
});
