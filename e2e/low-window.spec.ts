import { expect, test } from "./fixture.ts";
import { lineOf, menuOf } from "./message-actions.ts";

for (const [width, height, elsewhere] of [
  [568, 256, [284, 4]],
  [667, 331, [2, 2]],
] as const) {
  test(`menus are whole in a window of ${width} × ${height} px`, async ({ meet, room }) => {
    const ada = await meet("Ada", { viewport: { width, height }, hasTouch: true, isMobile: true });
    await ada.join(room);
    await ada.taps("Ahoy");
    await ada.hasSentAll();

    const emoji = ada.page.getByRole("dialog", { name: "Choose an emoji" });
    await ada.page.getByRole("button", { name: "Emoji" }).tap();
    await expect(emoji).toBeInViewport({ ratio: 1 });
    await expect(emoji.getByRole("searchbox")).toBeInViewport({ ratio: 1 });
    await ada.page.touchscreen.tap(elsewhere[0], elsewhere[1]);
    await expect(emoji).toHaveCount(0);

    const line = lineOf(ada, "Ahoy");
    await line.locator("[data-said]").tap();
    await line.getByRole("button", { name: "More actions" }).tap();
    await expect(menuOf(ada)).toBeInViewport({ ratio: 1 });
    const last = menuOf(ada).getByRole("menuitem").last();
    await last.scrollIntoViewIfNeeded();
    await expect(last).toBeInViewport({ ratio: 1 });
    await ada.page.touchscreen.tap(elsewhere[0], elsewhere[1]);
    await expect(menuOf(ada)).toHaveCount(0);
  });
}
