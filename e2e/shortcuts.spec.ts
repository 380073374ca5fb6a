import { axeFindings } from "./axe.ts";
import { cutOff } from "./cut-off.ts";
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

for (const [width, height] of [
  [320, 640],
  [640, 320],
] as const) {
  test(`the list of shortcuts and the hints on commands are whole on ${width} × ${height} px`, async ({
    meet,
    room,
  }) => {
    const ada = await meet("Ada", { viewport: { width, height }, reducedMotion: "reduce" });
    await ada.join(room);
    await ada.composer.pressSequentially("/");
    const options = ada.page.getByRole("option");
    await expect(options).toHaveCount(5);
    const cut = () =>
      options.evaluateAll((each) =>
        each
          .flatMap((option) => [option, ...option.querySelectorAll("*")])
          .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth)
          .map(({ textContent }) => textContent),
      );
    await expect.poll(cut).toEqual([]);
    await expect.poll(() => cutOff(ada.page)).toEqual([]);

    await ada.composer.fill("/help");
    await ada.composer.press("Enter");
    const dialog = ada.page.getByRole("dialog", { name: "Shortcuts and commands" });
    await expect(dialog).toBeInViewport({ ratio: 1 });
    const list = dialog.getByRole("region", { name: "All of them" });
    const sideways = () =>
      list.evaluate(({ parentElement: around, scrollWidth, clientWidth }) => [
        scrollWidth - clientWidth,
        (around?.scrollWidth ?? 0) - (around?.clientWidth ?? 0),
      ]);
    await expect.poll(sideways).toEqual([0, 0]);
    await list.focus();
    await ada.page.keyboard.press("End");
    await expect(dialog.getByText("Somebody in the room")).toBeInViewport({ ratio: 1 });
  });
}
