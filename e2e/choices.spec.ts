import type { Locator } from "@playwright/test";
import { expect, test } from "./fixture.ts";

/** The contrast of a control's edge, or of its mark, with what is behind it (WCAG 1.4.11). */
function contrasts(choice: Locator) {
  return choice.evaluate((element) => {
    const pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const luminance = (colour: string) => {
      if (!pen) return Number.NaN;
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0] = [...pen.getImageData(0, 0, 1, 1).data]
        .map((part) => part / 255)
        .map((part) => (part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const contrast = (one: string, other: string) => {
      const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
      return (light + 0.05) / (dark + 0.05);
    };
    let ground: Element | null = element.parentElement;
    while (ground && getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)") {
      ground = ground.parentElement;
    }
    const behind = getComputedStyle(ground ?? document.body).backgroundColor;
    const own = getComputedStyle(element);
    const mark = getComputedStyle(element, "::before");
    return {
      edge: contrast(own.borderTopColor, behind),
      mark: contrast(mark.backgroundColor, own.backgroundColor),
      isMarked: mark.visibility === "visible" && mark.content !== "none",
    };
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`boxes and radio buttons stand out, checked or not, ${colorScheme}`, async ({
    meet,
    room,
  }) => {
    const ada = await meet("Ada", { colorScheme, reducedMotion: "reduce" });
    await ada.join(room);
    await ada.page.getByRole("button", { name: "Notifications" }).click();
    const box = ada.page.getByRole("checkbox", { name: "Mute this room" });
    const never = ada.page.getByRole("radio", { name: "Never" });
    await expect(box).not.toBeChecked();
    const before = await contrasts(box);
    expect(before.edge).toBeGreaterThanOrEqual(3);
    expect(before.isMarked).toBe(false);
    await box.check();
    for (const checked of [box, never]) {
      const { edge, mark, isMarked } = await contrasts(checked);
      expect(isMarked).toBe(true);
      expect(edge).toBeGreaterThanOrEqual(3);
      expect(mark).toBeGreaterThanOrEqual(3);
    }
  });
}
