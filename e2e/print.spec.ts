import type { Locator } from "@playwright/test";
import { attach, noise, picture, send } from "./files.ts";
import { expect, test } from "./fixture.ts";
import type { Person } from "./people.ts";
import {
  boxOf,
  opensConversation,
  panelOf,
  saysPrivately,
  seesPrivately,
  writesTo,
} from "./private-panel.ts";
import { talkative } from "./talkative.ts";

const DESKTOP = { viewport: { width: 1280, height: 800 } };
/** US Letter, in px. */
const PAPER = { width: 816, height: 1056 };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** What is on paper, as a browser prints the page. */
async function prints({ page }: Person): Promise<Locator> {
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize(PAPER);
  return page.locator("[data-print]");
}

async function printsNoMore({ page }: Person, { viewport }: typeof DESKTOP): Promise<void> {
  await page.setViewportSize(viewport);
  await page.emulateMedia({ media: "screen" });
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
}

test("messages are printed from the top, with long blank lines folded", async ({
  meet,
  room,
  server,
}) => {
  await talkative(server.socketUrl, room, 120);
  const ada = await meet("Ada", DESKTOP);
  await ada.join(room);
  await ada.say(`Above${"\n".repeat(200)}below`);
  await ada.hasSentAll();
  const line = ada.messages.getByRole("article").filter({ hasText: "Above" });
  await expect.poll(async () => (await line.boundingBox())?.height ?? Number.NaN).toBeLessThan(200);

  // A view as tall as the paper would load them.
  const said = await ada.page.evaluate(() => {
    window.dispatchEvent(new Event("beforeprint"));
    const text = document.querySelector("[data-print]")?.textContent;
    window.dispatchEvent(new Event("afterprint"));
    return text;
  });
  expect(said).toContain("Earlier messages are not printed.");

  const printed = await prints(ada);
  await expect(printed.getByText("Line 120", { exact: true })).toBeVisible();
  await expect(printed.getByText(room, { exact: true })).toBeVisible();
  const year = String(new Date().getFullYear());
  await expect(printed.getByRole("heading", { level: 2 }).first()).toContainText(year);
  await expect(printed.getByText("Ben", { exact: true }).first()).toBeVisible();
  await expect(printed.getByText(/^\d{1,2}:\d\d/).first()).toBeVisible();
  for (const name of ["Sent", "Invite", "Jump to latest", "Show earlier messages"]) {
    await expect(ada.page.locator(`[aria-label="${name}"]:visible`), name).toHaveCount(0);
    await expect(ada.page.locator(`button:visible`, { hasText: name }), name).toHaveCount(0);
  }
  await expect(ada.page.locator("textarea:visible, nav:visible, aside:visible")).toHaveCount(0);
  const isWhole = await ada.page.evaluate(
    () => document.documentElement.scrollHeight > window.innerHeight,
  );
  expect(isWhole).toBe(true);
  await printsNoMore(ada, DESKTOP);
  await expect(printed).toHaveCount(0);
  await expect(line).toBeInViewport();
});

test("pictures are printed, without what is only for the screen", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await attach(
    ada.page,
    await picture(ada, "one.png", [400, 300]),
    await picture(ada, "two.png", [300, 400]),
    { name: "all.zip", mimeType: "application/zip", buffer: noise(600) },
  );
  await send(ada);
  await ada.hasSentAll();
  const shown = ada.messages.getByRole("img", { name: /^(one|two)\.png$/ });
  await expect(shown).toHaveCount(2);
  for (const image of await shown.all()) await expect(image).toBeVisible();
  await ada.page.emulateMedia({ media: "print" });
  // A printer waits for nothing: what is to be printed must be there at once.
  const printed = await ada.page.evaluate(() => {
    window.dispatchEvent(new Event("beforeprint"));
    const visible = (name: string) =>
      [...document.querySelectorAll<HTMLElement>(`[data-print] ${name}`)].filter((element) =>
        element.checkVisibility({ visibilityProperty: true }),
      );
    return {
      pictures: visible("img").map((image) => (image as HTMLImageElement).naturalWidth),
      links: visible("a[download]").length,
    };
  });
  expect(printed).toEqual({ pictures: [400, 300], links: 0 });
});

for (const [where, habits] of [
  ["beside the room", DESKTOP],
  ["on a phone", PHONE],
] as const) {
  test(`a private conversation is printed where it has the focus, ${where}`, async ({
    meet,
    room,
  }) => {
    const ada = await meet("Ada", habits);
    await ada.join(room);
    const ben = await meet("Ben");
    await ben.join(room);
    await ben.say("for all");
    await ada.sees("for all");
    await writesTo(ben, "Ada");
    await saysPrivately(ben, "Ada", "psst");
    await opensConversation(ada, 1);
    await seesPrivately(ada, "psst");
    await boxOf(ada, "Ben").focus();

    const printed = await prints(ada);
    await expect(printed.getByText("psst", { exact: true })).toBeVisible();
    await expect(panelOf(ada).getByRole("heading", { name: "Ben" })).toBeVisible();
    await expect(
      ada.page.getByText("for all", { exact: true }).filter({ visible: true }),
    ).toHaveCount(0);
    await expect(
      ada.page.locator("textarea:visible, header button:visible, nav:visible"),
    ).toHaveCount(0);
    await printsNoMore(ada, habits);
    await expect(boxOf(ada, "Ben")).toBeFocused();

    if (habits === PHONE) return;
    await ada.composer.focus();
    await prints(ada);
    await expect(printed.getByText("for all", { exact: true })).toBeVisible();
    await expect(ada.page.getByText("psst", { exact: true }).filter({ visible: true })).toHaveCount(
      0,
    );
    await printsNoMore(ada, habits);
    await expect(ada.composer).toBeFocused();
  });
}
