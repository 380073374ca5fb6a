import { axeFindings } from "./axe.ts";
import { expect, test } from "./fixture.ts";

test("a slash focuses the box, and is not typed there", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.messages.focus();
  await ada.page.keyboard.press("/");
  await expect(ada.composer).toBeFocused();
  await expect(ada.composer).toHaveValue("");
  await ada.page.keyboard.press("?");
  await expect(ada.composer).toHaveValue("?");
});

test("a question mark opens the list; closing returns the focus", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.messages.focus();
  await ada.page.keyboard.press("?");
  const dialog = ada.page.getByRole("dialog", { name: "Shortcuts and commands" });
  await expect(dialog).toContainText("Jump to the latest message");
  await ada.page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(ada.messages).toBeFocused();
});

test("End jumps to the latest message, from the log and from an empty box", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada");
  await ada.join(room);
  for (let i = 1; i <= 6; i += 1) await ada.say(`${i}\n${"line\n".repeat(12)}`);
  // Until then the log scrolls to its end by itself.
  await ada.hasSentAll();
  const jump = ada.page.getByRole("button", { name: "Jump to latest" });
  const leaveEnd = async () => {
    await ada.messages.hover();
    await ada.page.mouse.wheel(0, -600);
    await expect(jump).toBeVisible();
  };
  await leaveEnd();
  await ada.composer.focus();
  await ada.page.keyboard.press("End");
  await expect(jump).toHaveCount(0);
  await expect(ada.composer).toBeFocused();

  await leaveEnd();
  await ada.messages.focus();
  await ada.page.keyboard.press("End");
  await expect(jump).toHaveCount(0);

  await leaveEnd();
  await ada.composer.fill("some text");
  await ada.page.keyboard.press("End");
  await expect(jump).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in the list of shortcuts, ${colorScheme}`, async ({ meet, room }) => {
    const ada = await meet("Ada", { colorScheme });
    await ada.join(room);
    await ada.say("/help");
    await expect(ada.page.getByRole("dialog")).toBeVisible();
    expect(await axeFindings(ada)).toEqual([]);
  });
}
