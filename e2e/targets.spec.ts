import { PlainClient } from "@parley/testkit/plain-client";
import { expect, test } from "./fixture.ts";
import { lineOf } from "./message-actions.ts";
import type { Person } from "./people.ts";

/**
 * The controls in view that a finger of 44 px cannot hit: neither their boxes nor what is theirs
 * around them is so large. Links within sentences are as small as their text.
 */
async function smallTargets({ page }: Person): Promise<string[]> {
  return page.evaluate(() => {
    const least = 43.5;
    const reach = 44;
    const owns = (control: Element, x: number, y: number) => {
      const hit = document.elementFromPoint(x, y);
      return hit !== null && (control.contains(hit) || hit.closest("label")?.contains(control));
    };
    const found: string[] = [];
    for (const control of document.querySelectorAll(
      "button, a[href], input, textarea, select, summary, [role=option]",
    )) {
      const { left, top, width, height } = control.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      const isSeen = control.checkVisibility({ visibilityProperty: true }) && width > 1;
      if (!isSeen || control.matches("p a, li a") || !owns(control, x, y)) continue;
      let [tall, wide] = [0, 0];
      for (let off = -reach; off <= reach; off += 0.5) {
        if (owns(control, x, y + off)) tall += 0.5;
        if (owns(control, x + off, y)) wide += 0.5;
      }
      // What the window cuts off.
      const isCut = Math.min(x, y, innerWidth - x, innerHeight - y) < least / 2;
      if ((tall < least || wide < least) && !(isCut && tall >= 34 && wide >= 34)) {
        const name = control.ariaLabel ?? control.textContent;
        found.push(`${control.tagName} “${name.slice(0, 30)}” ${wide} × ${tall}`);
      }
    }
    return found;
  });
}

for (const width of [320, 390]) {
  test(`every control is at least 44 px large for a finger on ${width} px`, async ({
    meet,
    room,
    server,
  }) => {
    const ada = await meet("Ada", {
      viewport: { width, height: 800 },
      hasTouch: true,
      isMobile: true,
      reducedMotion: "reduce",
    });
    const { page } = ada;
    const large = (where: string) => expect.poll(() => smallTargets(ada), where).toEqual([]);
    const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true });
    const close = () => page.keyboard.press("Escape");

    await page.goto("/r/lobby");
    await expect(page.getByText("Nobody is here now")).toBeVisible();
    await large("invitation");
    await ada.entersAs("Ada");
    await page.goto("/");
    await expect(page.getByText("lobby")).toBeVisible();
    await large("start");
    await page.goto(`/r/${room}`);
    await expect(page.getByRole("img", { name: /^QR code/ })).toBeVisible();
    await large("empty room");

    const ben = await PlainClient.join(server.socketUrl, room, "Ben");
    ben.say("```ts\nconst a = 1;\n```");
    ben.say("Hello");
    const { seq } = await ben.next("chat");
    expect(seq).toBeGreaterThan(0);
    await ada.taps("To be deleted");
    await ada.hasSentAll();
    await lineOf(ada, "Hello").getByText("Hello").tap();
    await large("the tools of a message");
    await button("More actions").tap();
    await expect(page.getByRole("menuitem", { name: "Pin" })).toBeVisible();
    await large("the actions");
    await page.getByRole("menuitem", { name: "More emoji" }).tap();
    await expect(page.getByRole("searchbox", { name: "Find an emoji" })).toBeVisible();
    await large("emoji");
    await close();
    await lineOf(ada, "Hello").getByText("Hello").tap();
    await button("More actions").tap();
    await page.getByRole("menuitemcheckbox", { name: "👍" }).tap();
    await expect(button(/^👍 1/)).toBeVisible();
    await lineOf(ada, "Hello").getByText("Hello").tap();
    await button("Reply").tap();
    await expect(button("Cancel reply")).toBeVisible();
    await large("a reply");
    await ada.taps("An answer");
    await lineOf(ada, "To be deleted").getByText("To be deleted").tap();
    await button("More actions").tap();
    await page.getByRole("menuitem", { name: "Delete" }).tap();
    await expect(button("Undo")).toBeVisible();
    await large("a reaction, a quote and an undo");

    await button("2 people").tap();
    await expect(page.getByRole("list", { name: "People" })).toBeVisible();
    await large("people");
    await button("Change your name").tap();
    await large("a new name");
    await page.goto(`/r/${room}`);
    await button("Invite").tap();
    await expect(page.getByRole("dialog", { name: "Invite people" })).toBeVisible();
    await large("invite");
    await close();
    await button("Room options").tap();
    await expect(page.getByLabel("Mute this room")).toBeVisible();
    await large("options");
    await button("Edit name and topic").tap();
    await expect(page.getByRole("textbox", { name: "Topic" })).toBeVisible();
    await large("name and topic");
    await page.goto(`/r/${room}`);
    await button("Rooms").tap();
    await expect(page.getByRole("dialog", { name: "Rooms" })).toBeVisible();
    await large("rooms");
    await close();
    await server.kill();
    await ada.seesReconnecting();
    await large("reconnecting");
  });
}
