import type { Page } from "@playwright/test";

/** What is cut off, or sticks out of the page sideways, in words for a failure. */
export function cutOff(page: Page): Promise<string[]> {
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
