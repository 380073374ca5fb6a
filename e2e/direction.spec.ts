import type { Page } from "@playwright/test";
import { PlainClient } from "@parley/testkit/plain-client";
import { expect, test } from "./fixture.ts";
import { lineOf } from "./message-actions.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const DESKTOP = { viewport: { width: 1280, height: 800 } };

/** What stands beside each other, and must not stand on each other. */
const PARTS =
  "header button, header p, form button, form textarea, article [data-said], article time";

/** Pairs of visible parts that overlap, parts out of the window, and whether the page scrolls sideways. */
function misplaced(page: Page, parts: string) {
  return page.evaluate((selector) => {
    const width = document.documentElement.clientWidth;
    const seen = [...document.querySelectorAll<HTMLElement>(selector)]
      .filter((each) => each.checkVisibility({ visibilityProperty: true }))
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && box.height > 1);
    const name = ({ element }: (typeof seen)[number]) =>
      `${element.tagName} ${element.ariaLabel ?? element.textContent}`;
    const overlaps = seen.flatMap((a, at) =>
      seen
        .slice(at + 1)
        .filter((b) => !a.element.contains(b.element))
        .filter(
          (b) =>
            a.box.left < b.box.right - 1 &&
            b.box.left < a.box.right - 1 &&
            a.box.top < b.box.bottom - 1 &&
            b.box.top < a.box.bottom - 1,
        )
        .map((b) => `${name(a)} on ${name(b)}`),
    );
    const outside = seen.filter(({ box }) => box.left < -1 || box.right > width + 1).map(name);
    return { overlaps, outside, scrolls: document.documentElement.scrollWidth > width };
  }, parts);
}

for (const habits of [PHONE, DESKTOP]) {
  test(`the room is laid out from right to left on ${habits.viewport.width} px`, async ({
    meet,
    room,
    server,
  }) => {
    const ben = await PlainClient.join(server.socketUrl, room, "Ben");
    ben.send("chat", { message: "שלום, מה שלומך היום?" });
    ben.send("chat", { message: "A long line in English, which goes on until it has to break." });
    const ada = await meet("Ada", habits);
    await ada.join(room);
    await ada.page.evaluate(() => {
      document.documentElement.dir = "rtl";
    });
    await (habits === PHONE ? ada.taps("Mine") : ada.say("Mine"));
    await ada.hasSentAll();
    await expect
      .poll(() => misplaced(ada.page, PARTS))
      .toEqual({ overlaps: [], outside: [], scrolls: false });
    await expect(lineOf(ada, "Mine").locator("time").first()).toHaveCSS("direction", "ltr");

    const middle = habits.viewport.width / 2;
    const own = await lineOf(ada, "Mine").locator("[data-said]").boundingBox();
    expect(own?.x, "one's own stand at the end of the lines").toBeLessThan(middle);

    await ada.seesPeople("Ada", "Ben");
    const list = ada.page.getByRole("list", { name: "People" });
    await expect.poll(async () => (await list.boundingBox())?.x).toBeLessThan(middle / 2);
    // A drawer slides in.
    await expect
      .poll(() => misplaced(ada.page, "aside button, dialog button, dialog li"))
      .toMatchObject({ outside: [], scrolls: false });
  });
}
