import { axeFindings } from "./axe.ts";
import { expect, test } from "./fixture.ts";

test("/me and /shrug are sent as plain text that reads well", async ({ meetInRoom }) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ada.say("/me waves");
  await expect(ben.messages.locator("em")).toHaveText("waves");
  await ada.say("/shrug who knows");
  await ben.sees("who knows ¯\\_(ツ)_/¯");
  await ada.say("//me is how");
  await ben.sees("/me is how");
});

test("/name changes the name", async ({ meetInRoom }) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ada.say("/name Grace");
  await ben.seesPeople("Grace", "Ben");
});

test("an unknown command is reported in place, and its text stays", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.composer.fill("/dance all night");
  await ada.composer.press("Enter");
  await expect(ada.composer).toHaveValue("/dance all night");
  await expect(ada.composer).toHaveAttribute("aria-invalid", "true");
  await expect(ada.composer).toHaveAccessibleDescription(/no command \/dance/);
  await ada.composer.press("Home");
  await ada.composer.pressSequentially("/");
  await expect(ada.composer).not.toHaveAttribute("aria-invalid");
  await ada.composer.press("Enter");
  await ada.sees("/dance all night");
});

test("commands are suggested, and /help explains them", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.composer.pressSequentially("/");
  await expect(ada.page.getByRole("option")).toHaveCount(5);
  await ada.composer.pressSequentially("he");
  await ada.composer.press("Enter");
  await expect(ada.composer).toHaveValue("/help");
  await ada.composer.press("Enter");
  const dialog = ada.page.getByRole("dialog", { name: "Shortcuts and commands" });
  await expect(dialog).toContainText("/shrug");
  await ada.page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(ada.composer).toBeFocused();
  await expect(ada.composer).toHaveValue("");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing where a command is refused, ${colorScheme}`, async ({ meet, room }) => {
    const ada = await meet("Ada", { colorScheme });
    await ada.join(room);
    await ada.composer.fill("/dance");
    await ada.composer.press("Enter");
    await expect(ada.composer).toHaveAttribute("aria-invalid", "true");
    expect(await axeFindings(ada)).toEqual([]);
  });
}
