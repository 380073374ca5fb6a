import { expect, test } from "./fixture.ts";
import type { Person } from "./people.ts";
import { talkative } from "./talkative.ts";

/** More lines than a message shows at first. */
const LONG = Array.from({ length: 60 }, (_, line) => `Verse ${line + 1}`).join("\n");
const CODE = `\`\`\`ts\n${LONG}\n\`\`\``;

const longRow = ({ messages }: Person) =>
  messages.getByRole("article").filter({ hasText: "Verse 1" });

for (const [what, message] of [
  ["a long message", LONG],
  ["long code", CODE],
] as const) {
  test(`${what} is folded, and its beginning stays in place as it is unfolded`, async ({
    meet,
    room,
    server,
  }) => {
    const ben = await talkative(server.socketUrl, room, 20);
    ben.say(message);
    await ben.next("chat");
    const ada = await meet("Ada");
    await ada.join(room);
    const row = longRow(ada);
    const more = row.getByRole("button", { name: "Show more" });
    const less = row.getByRole("button", { name: "Show less" });
    await expect(more).toBeInViewport();
    await expect(more).toHaveAttribute("aria-expanded", "false");
    const height = async () => (await row.boundingBox())?.height ?? Number.NaN;
    const top = async () => (await row.boundingBox())?.y ?? Number.NaN;
    expect(await height()).toBeLessThan(600);

    const before = await top();
    await more.focus();
    await ada.page.keyboard.press("Enter");
    await expect.poll(height).toBeGreaterThan(1_000);
    // What decides whether the list goes back to its end has run.
    await expect(ada.page.getByRole("button", { name: "Jump to latest" })).toBeVisible();
    expect(Math.abs((await top()) - before)).toBeLessThan(1);
    await expect(less).toBeFocused();

    await ada.messages.press("End");
    await expect(less).toBeInViewport();
    // Rows take no pointer while the list moves: a click could begin before and end within that.
    await expect(ada.page.getByRole("button", { name: "Jump to latest" })).toHaveCount(0);
    await expect(ada.messages.locator("> :last-child")).toHaveCSS("pointer-events", "auto");
    await less.click();
    await expect.poll(height).toBeLessThan(600);
    await expect(more).toBeInViewport();
    await expect(row.getByText("Verse 1", { exact: false }).first()).toBeInViewport();
  });
}

test("a message of 20 lines is whole", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.say(LONG.split("\n").slice(0, 20).join("\n"));
  await expect(longRow(ada).getByRole("img", { name: "Sent" })).toBeVisible();
  await expect(longRow(ada).getByText("Verse 20")).toBeVisible();
  await expect(longRow(ada).getByRole("button", { name: "Show more" })).toHaveCount(0);
});
