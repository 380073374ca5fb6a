import type { Locator } from "@playwright/test";
import { expect, test } from "./fixture.ts";
import { lineOf, usesTool } from "./message-actions.ts";
import { talkative } from "./talkative.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const DESKTOP = { viewport: { width: 1280, height: 800 } };

async function hasEdge(locator: Locator): Promise<void> {
  await expect(locator.first()).toBeVisible();
  const styles = await locator.first().evaluate((element) => {
    const { outlineStyle, borderTopWidth } = getComputedStyle(element);
    return { outlineStyle, borderTopWidth };
  });
  expect(styles.outlineStyle !== "none" || styles.borderTopWidth !== "0px").toBe(true);
}

test("every edge is visible with forced colours", async ({ meet, room }) => {
  const ada = await meet("Ada", DESKTOP);
  await ada.page.emulateMedia({ forcedColors: "active" });
  await ada.page.goto("/");
  await hasEdge(ada.roomCode);
  await hasEdge(ada.page.getByRole("button", { name: "Start a room" }));

  await ada.join(room);
  await ada.say("Something said");
  await ada.hasSentAll();
  await hasEdge(lineOf(ada, "Something said").locator("[data-said] > div"));
  await hasEdge(ada.page.locator("form > div:has(textarea)"));
  await ada.composer.fill(":tad");
  await hasEdge(ada.page.getByRole("listbox", { name: "Suggestions" }));
  const [chosen, ground] = await Promise.all([
    ada.page
      .getByRole("option", { selected: true })
      .evaluate((element) => getComputedStyle(element).backgroundColor),
    ada.page.evaluate(() => {
      document.body.insertAdjacentHTML("beforeend", "<i id=probe></i>");
      const probe = document.querySelector<HTMLElement>("#probe");
      if (!probe) return "";
      probe.style.cssText = "forced-color-adjust: none; background: Highlight";
      return getComputedStyle(probe).backgroundColor;
    }),
  ]);
  expect(chosen).toBe(ground);
  await ada.composer.fill("");
  await usesTool(ada, "Something said", "More actions");
  await hasEdge(ada.page.getByRole("menu"));
});

test("nothing of the room is cut off with text of twice the size", async ({ meet, room }) => {
  const ada = await meet("Ada", PHONE);
  await ada.join(room);
  await ada.page.evaluate(() => {
    document.documentElement.style.fontSize = "200%";
  });
  const header = ada.page.getByRole("banner");
  const cut = () =>
    header.evaluate((element) => {
      const width = document.documentElement.clientWidth;
      const boxes = [...element.querySelectorAll("button")].map((each) =>
        each.getBoundingClientRect(),
      );
      const code = element.querySelector("button .font-mono");
      return {
        outside: boxes.filter(({ left, right }) => left < 0 || right > width).length,
        overlap: boxes.some((a, at) =>
          boxes
            .slice(at + 1)
            .some(
              (b) =>
                a.left < b.right - 1 &&
                b.left < a.right - 1 &&
                a.top < b.bottom - 1 &&
                b.top < a.bottom - 1,
            ),
        ),
        codeCut:
          code && (code.scrollWidth > code.clientWidth || code.scrollHeight > code.clientHeight),
        icon: element.querySelector("nav svg")?.getBoundingClientRect().width,
      };
    });
  await expect.poll(cut).toEqual({ outside: 0, overlap: false, codeCut: false, icon: 36 });
  const code = ada.page.getByRole("img", { name: /QR code/ });
  await expect(code).toBeVisible();
  const reach = await code.evaluate((element) => {
    const { left, right } = element.getBoundingClientRect();
    return { left, beyond: right - document.documentElement.clientWidth };
  });
  expect(reach.left).toBeGreaterThanOrEqual(0);
  expect(reach.beyond).toBeLessThanOrEqual(0);
});

for (const habits of [PHONE, DESKTOP]) {
  test(`hardly anything moves while a room opens on ${habits.viewport.width} px`, async ({
    meet,
    room,
    server,
  }) => {
    await talkative(server.socketUrl, room, 60);
    const ada = await meet("Ada", habits);
    await ada.join(room);
    await expect(lineOf(ada, "Line 60")).toBeInViewport();
    for (const opening of ["known", "known again"]) {
      await ada.reloads();
      await ada.isInRoom();
      await expect(lineOf(ada, "Line 60")).toBeInViewport();
      const moved = await ada.page.evaluate(async () => {
        const { promise, resolve } = Promise.withResolvers<void>();
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
        await promise;
        const sum = (entries: PerformanceEntryList) =>
          entries.reduce((all, entry) => all + (entry as unknown as { value: number }).value, 0);
        return new Promise<number>((told) => {
          new PerformanceObserver((list) => told(sum(list.getEntries()))).observe({
            type: "layout-shift",
            buffered: true,
          });
          setTimeout(() => told(0), 1_000);
        });
      });
      expect(moved, opening).toBeLessThanOrEqual(0.05);
    }
  });
}
