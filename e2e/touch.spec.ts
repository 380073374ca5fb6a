import type { CDPSession } from "@playwright/test";
import { PlainClient } from "@parley/testkit/plain-client";
import { expect, test } from "./fixture.ts";
import { lineOf, menuOf } from "./message-actions.ts";
import { keepPopovers } from "./page-scripts.ts";
import type { Person } from "./people.ts";
import { talkative } from "./talkative.ts";

const PHONE = {
  viewport: { width: 390, height: 700 },
  hasTouch: true,
  isMobile: true,
  reducedMotion: "reduce",
} as const;

/** After this long, in ms, the finger tries again. */
const SCROLLED_MS = 5_000;

/** A place among the messages, beside every popup, in px. */
const ELSEWHERE = [500, 300] as const;

/** A finger on the screen. */
class Finger {
  readonly #devtools: CDPSession;
  constructor(devtools: CDPSession) {
    this.#devtools = devtools;
  }

  static async of({ page }: Person): Promise<Finger> {
    return new Finger(await page.context().newCDPSession(page));
  }

  async goes(type: "touchStart" | "touchMove", x: number, y: number): Promise<void> {
    await this.#devtools.send("Input.dispatchTouchEvent", { type, touchPoints: [{ x, y }] });
  }

  /** Moves by so much in steps, as a finger does. */
  async moves(from: readonly [number, number], by: readonly [number, number]): Promise<void> {
    await this.goes("touchStart", ...from);
    const steps = 8;
    for (let step = 1; step <= steps; step += 1) {
      await this.goes(
        "touchMove",
        from[0] + (by[0] * step) / steps,
        from[1] + (by[1] * step) / steps,
      );
    }
  }

  async lifts(): Promise<void> {
    await this.#devtools.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  }
}

test("a swipe to the right replies, with an arrow as it moves", async ({ meet, room, server }) => {
  await talkative(server.socketUrl, room, 40);
  const ada = await meet("Ada", PHONE);
  await ada.join(room);
  const line = lineOf(ada, "Line 38");
  await line.getByText("Line 38").tap({ trial: true });
  const box = await line.getByText("Line 38").boundingBox();
  const start = [(box?.x ?? 0) + 10, (box?.y ?? 0) + 8] as const;
  const finger = await Finger.of(ada);
  const hint = ada.messages.locator(".swipe-hint");
  const reply = ada.page.getByText("Replying to Ben");

  // Too short.
  await finger.moves(start, [40, 0]);
  await expect(hint).toBeVisible();
  await expect(hint).not.toHaveAttribute("data-enough");
  await finger.lifts();
  await expect(hint).toHaveCount(0);
  await expect(reply).toHaveCount(0);

  // From the edge, where the browser goes back.
  await finger.moves([8, start[1]], [120, 0]);
  await expect(hint).toHaveCount(0);
  await finger.lifts();
  await expect(reply).toHaveCount(0);

  // Up and down, it scrolls.
  const top = async () => (await line.boundingBox())?.y;
  // A part of the room that loads at that moment changes the view, which then stays at its end.
  await expect(async () => {
    const before = await top();
    await finger.moves(start, [30, 160]);
    await finger.lifts();
    await expect.poll(top, { timeout: SCROLLED_MS }).not.toBe(before);
  }).toPass();
  await expect(hint).toHaveCount(0);
  await expect(reply).toHaveCount(0);
  await ada.page.getByRole("button", { name: "Jump to latest" }).tap();

  await line.getByText("Line 38").tap({ trial: true });
  const again = await line.getByText("Line 38").boundingBox();
  await finger.moves([(again?.x ?? 0) + 10, (again?.y ?? 0) + 8], [90, 4]);
  await expect(hint).toHaveAttribute("data-enough");
  await finger.lifts();
  await expect(reply).toBeVisible();
  await expect(hint).toHaveCount(0);
});

test("the sheet of actions shows its message", async ({ meet, room, server }) => {
  const ben = await PlainClient.join(server.socketUrl, room, "Ben");
  ben.say("Bring the *map*");
  const ada = await meet("Ada", PHONE);
  await ada.join(room);
  const line = ada.messages.getByRole("article").filter({ hasText: "Bring the map" });
  await line.getByText("Bring the").tap();
  await line.getByRole("button", { name: "More actions" }).tap();
  await expect(menuOf(ada)).toContainText("BenBring the map");
});

test("a focus that returns after a touch opens no tooltip, one that Tab moves does", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada", PHONE);
  await ada.join(room);
  const people = ada.page.getByRole("button", { name: /^1 person/ });
  const tip = () => people.evaluate((it) => getComputedStyle(it, "::after").visibility);
  await people.tap();
  await expect(ada.page.getByRole("list", { name: "People" })).toBeVisible();
  await ada.page.keyboard.press("Escape");
  await expect(people).toBeFocused();
  await expect(people).toHaveAttribute("aria-expanded", "false");
  expect(await tip()).toBe("hidden");
  await ada.page.keyboard.press("Tab");
  await ada.page.keyboard.press("Shift+Tab");
  await expect(people).toBeFocused();
  await expect.poll(tip).toBe("visible");
});

test("a tap elsewhere closes a menu and the notification settings in any browser", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada", { ...PHONE, viewport: { width: 1000, height: 700 } });
  await ada.page.addInitScript(keepPopovers);
  await ada.join(room);
  const attach = ada.page.getByRole("button", { name: "Attach" });
  const menu = ada.page.getByRole("menu", { name: "Attach" });
  await attach.tap();
  await expect(menu).toBeVisible();
  await ada.page.touchscreen.tap(...ELSEWHERE);
  await expect(menu).toHaveCount(0);

  const bell = ada.page.getByRole("button", { name: "Notifications" });
  const settings = ada.page.getByRole("dialog", { name: "Notifications" });
  await bell.tap();
  await settings.getByText("Never").tap();
  await expect(settings).toBeVisible();
  await ada.page.touchscreen.tap(...ELSEWHERE);
  await expect(settings).toBeHidden();
  await bell.tap();
  await expect(settings).toBeVisible();
  await bell.tap();
  await expect(settings).toBeHidden();
});
