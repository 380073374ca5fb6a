import type { Page } from "@playwright/test";
import { expect, test } from "./fixture.ts";
import { talkative } from "./talkative.ts";

/** What is cut off, or sticks out of the page sideways, in words for a failure. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth } = document.documentElement;
    const found: string[] = [];
    if (document.documentElement.scrollWidth > clientWidth) found.push("the page scrolls sideways");
    for (const element of document.querySelectorAll<HTMLElement>("body *")) {
      // What only a screen reader is told is a pixel large.
      const isSeen =
        element.checkVisibility() && element.offsetWidth > 1 && !element.closest("svg");
      if (!isSeen || element.closest(".sr-only")) continue;
      const { overflowX, overflowY, textOverflow } = getComputedStyle(element);
      const { scrollWidth, scrollHeight, clientHeight } = element;
      const name = `${element.tagName} “${(element.ariaLabel ?? element.textContent).slice(0, 40)}”`;
      const clips = (overflow: string) => overflow === "hidden" || overflow === "clip";
      if (
        clips(overflowX) &&
        textOverflow !== "ellipsis" &&
        scrollWidth > element.clientWidth + 1
      ) {
        found.push(`${name} is cut off at its side`);
      }
      if (clips(overflowY) && scrollHeight > clientHeight + 2)
        found.push(`${name} is cut off below`);
      const { left, right, width } = element.getBoundingClientRect();
      const isControl = element.matches("a, button, input, textarea");
      if (isControl && width > 0 && (left < -1 || right > clientWidth + 1)) {
        found.push(`${name} sticks out of the page`);
      }
    }
    return found;
  });
}

for (const width of [390, 1280]) {
  test(`text at twice its size is whole and usable on ${width} px`, async ({
    meet,
    room,
    server,
  }) => {
    const viewport = { width, height: 844 };
    const ada = await meet("Ada", { viewport, reducedMotion: "reduce" });
    await ada.page.addInitScript(() => {
      document.addEventListener("DOMContentLoaded", () => {
        document.documentElement.style.fontSize = "32px";
      });
    });
    await ada.page.goto("/");
    await expect(ada.roomCode).toBeVisible();
    await expect.poll(() => cutOff(ada.page)).toEqual([]);
    await ada.page.goto(`/r/${room}`);
    await expect(ada.page.getByText("Nobody is here now")).toBeVisible();
    await expect.poll(() => cutOff(ada.page)).toEqual([]);
    await ada.entersAs("Ada");
    await expect(ada.page.getByRole("img", { name: /^QR code/ })).toBeVisible();
    await expect.poll(() => cutOff(ada.page)).toEqual([]);

    await talkative(server.socketUrl, room, 20);
    await ada.say("A message of some length, which takes several lines of a narrow page");
    await ada.hasSentAll();
    await expect.poll(() => cutOff(ada.page)).toEqual([]);
    await expect(ada.composer).toBeInViewport({ ratio: 1 });
    await expect(ada.page.getByRole("button", { name: "Send" })).toBeInViewport({ ratio: 1 });
    // There is room to read, too.
    const height = async () => (await ada.messages.boundingBox())?.height ?? 0;
    await expect.poll(height).toBeGreaterThan(viewport.height / 3);

    const isWide = width > 390;
    for (const [name, role] of [
      ["Invite", "dialog"],
      [isWide ? "Notifications" : "Room options", "dialog"],
      ["Emoji", "dialog"],
      ["2 people", isWide ? "complementary" : "dialog"],
    ] as const) {
      await ada.page.getByRole("button", { name, exact: true }).click();
      await expect(ada.page.getByRole(role)).toBeVisible();
      await expect.poll(() => cutOff(ada.page), name).toEqual([]);
      await ada.page.keyboard.press("Escape");
      if (role === "dialog") await expect(ada.page.getByRole(role)).toHaveCount(0);
    }
  });
}
