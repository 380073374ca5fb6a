import { axeFindings } from "./axe.ts";
import { expect, test } from "./fixture.ts";

const everything = [
  "**bold**, _italic_, ~~struck~~ and `code` at https://example.org/a_(b).",
  "> quoted",
  "> > twice",
  "- one",
  "  - inside",
  "- two",
  "3. three",
  "```js",
  'const flag = "blue"; // signal 42',
  "```",
].join("\n");

test("formatting is shown to everybody", async ({ meetInRoom }) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ada.say(everything);

  for (const { messages } of [ada, ben]) {
    await expect(messages.locator("strong")).toHaveText("bold");
    await expect(messages.locator("em")).toHaveText("italic");
    await expect(messages.locator("del")).toHaveText("struck");
    await expect(messages.locator("p > code")).toHaveText("code");
    await expect(messages.locator("blockquote blockquote")).toHaveText("twice");
    await expect(messages.locator("ul ul li")).toHaveText("inside");
    await expect(messages.locator("ol li")).toHaveAttribute("value", "3");
    await expect(messages.getByRole("group", { name: "Code, js" })).toHaveText(
      'const flag = "blue"; // signal 42',
    );
    const link = messages.getByRole("link", { name: "https://example.org/a_(b)", exact: true });
    await expect(link).toHaveAttribute("target", "_blank");
    await expect(link).toHaveAttribute("rel", "noopener noreferrer");
  }
});

test("nothing in a message opens or loads by itself", async ({ meet, room }) => {
  const ada = await meet("Ada");
  const asked: string[] = [];
  ada.page.on("request", (request) => asked.push(request.url()));
  await ada.join(room);
  await ada.say(
    "[x](javascript:alert(1)) ![y](https://example.org/y.png) <img src=z> data:text/html,a",
  );
  const link = ada.messages.getByRole("link");
  await expect(link).toHaveText("https://example.org/y.png");
  await expect(ada.messages.locator("img")).toHaveCount(0);
  expect(asked.filter((url) => url.includes("example.org"))).toEqual([]);
});

test("line breaks and blanks stay as they were written", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.say("one\n  two\n\n\nthree");
  const paragraph = ada.messages.getByText("three");
  await expect
    .poll(() => paragraph.evaluate((element) => (element as HTMLElement).innerText))
    .toBe("one\n  two\n\n\nthree");
});

test("text of another direction changes the direction of its own lines, quotes and lists only", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.say("> مرحبا بكم\n- واحد\n\nhello");
  await expect(ada.messages.locator("blockquote")).toHaveCSS("direction", "rtl");
  await expect(ada.messages.locator("ul:has(> li > p)")).toHaveCSS("direction", "rtl");
  await expect(ada.messages.locator("p", { hasText: "hello" })).toHaveCSS("direction", "ltr");
});

test("code is coloured once the highlighter is loaded, at the first code", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada");
  const loads: string[] = [];
  ada.page.on("request", (request) => {
    if (request.url().includes("/highlight")) loads.push(request.url());
  });
  await ada.join(room);
  await ada.say("```\nplain = 1\n```");
  await ada.say("```brainwave\nconst b = 2;\n```");
  await expect(ada.messages.getByRole("group", { name: "Code, brainwave" })).toBeVisible();
  expect(loads).toEqual([]);

  await ada.say("```ts\nconst c = 3;\n```");
  const code = ada.messages.getByRole("group", { name: "Code, ts" });
  await expect(code.locator("span", { hasText: "const" })).toHaveClass(/ink-word/);
  expect(loads).toHaveLength(1);
  await expect(ada.messages.locator("pre span")).toHaveCount(2);
});

test.describe("if a part of the page cannot be loaded", () => {
  // A service worker would have it already.
  test.use({ serviceWorkers: "block" });

  test("code stays plain", async ({ meet, room }) => {
    const ada = await meet("Ada");
    await ada.page.route("**/assets/highlight*", (route) => route.abort());
    await ada.join(room);
    const asked = ada.page.waitForRequest("**/assets/highlight*");
    await ada.say("```ts\nconst c = 3;\n```");
    await asked;
    await ada.say("Still here");
    await ada.sees("Still here");
    await ada.sees("const c = 3;");
    await expect(ada.messages.locator("pre span")).toHaveCount(0);
  });
});

test("a long line of code scrolls by itself, by keyboard too, and can be copied", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada", { viewport: { width: 390, height: 844 } });
  await ada.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await ada.join(room);
  const long = `let flags = [${"1, ".repeat(80)}2];`;
  await ada.say(`\`\`\`js\n${long}\n\`\`\``);

  const code = ada.messages.getByRole("group", { name: "Code, js" });
  // The row is drawn again once the message is acknowledged.
  await expect(async () => {
    await code.focus();
    await code.press("ArrowRight");
    expect(await code.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0);
  }).toPass();
  const sideways = await ada.messages.evaluate((log) => log.scrollWidth - log.clientWidth);
  expect(sideways).toBe(0);

  await ada.messages.getByRole("button", { name: "Copy code" }).click();
  await ada.hasSeen(/^Copied/);
  expect(await ada.page.evaluate(() => navigator.clipboard.readText())).toBe(long);
});

test("one's own name is marked, and nobody else's", async ({ meet, room }) => {
  const ada = await meet("Ada");
  const ben = await meet("Ben");
  const cleo = await meet("Cleo");
  for (const person of [ada, ben, cleo]) await person.join(room);
  await cleo.say("@ada, are you there? BEN is, and Adam and Benjamin are not.");

  await expect(ada.messages.locator("mark")).toHaveText("@ada");
  await expect(ben.messages.locator("mark")).toHaveText("BEN");
  await expect(cleo.messages.getByText("are you there")).toBeVisible();
  await expect(cleo.messages.locator("mark")).toHaveCount(0);
});

test("a few emoji alone are large", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.say("🎉🎉");
  await ada.say("two 🎉");
  const sizeOf = (text: string) =>
    ada.messages
      .getByText(text, { exact: true })
      .evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
  // The row of a new message is drawn again once the server has it.
  await ada.hasSentAll();
  const ratio = async () => (await sizeOf("🎉🎉")) / (await sizeOf("two 🎉"));
  await expect.poll(ratio).toBeGreaterThan(2);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in formatted messages, ${colorScheme}`, async ({ meet, room }) => {
    const ada = await meet("Ada", { colorScheme });
    const ben = await meet("Ben");
    await ada.join(room);
    await ben.join(room);
    const code = "```ts\n// Flags\nexport const flag = { blue: 'white', number: 42 };\n```";
    for (const person of [ada, ben]) {
      await person.say(everything);
      await person.say(`Ada\n${code}`);
    }
    await expect(ada.messages.locator(".ink-comment")).toHaveCount(4);
    await expect(ada.messages.locator("mark")).toHaveCount(1);
    expect(await axeFindings(ada)).toEqual([]);
  });
}
