import { cutOff } from "./cut-off.ts";
import { expect, test } from "./fixture.ts";
import { talkative } from "./talkative.ts";

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
