import type { Locator } from "@playwright/test";
import { expect, test } from "./fixture.ts";
import { chooses } from "./message-actions.ts";
import type { Person } from "./people.ts";

const button = ({ page }: Person, name: string | RegExp) => page.getByRole("button", { name });

/** Presses Tab until the focus is there; a lost focus never gets there. */
async function tabsTo({ page }: Person, goal: Locator): Promise<void> {
  for (let step = 0; step < 20; step += 1) {
    if (await goal.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(goal).toBeFocused();
}

/** Checks that the focus is visible. */
async function seesFocus({ page }: Person): Promise<void> {
  const outline = await page.evaluate(() => {
    const { outlineStyle, outlineWidth } = getComputedStyle(
      document.activeElement ?? document.body,
    );
    return `${outlineStyle} ${outlineWidth}`;
  });
  expect(outline).toBe("solid 2px");
}

test("a room is joined, used and left by keyboard alone", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.page.goto("/");
  await expect(ada.yourName).toBeFocused();
  await ada.page.keyboard.type("Ada");
  await ada.page.keyboard.press("Tab");
  await expect(ada.roomCode).toBeFocused();
  await ada.page.keyboard.type(room);
  await ada.page.keyboard.press("Enter");

  await expect(ada.composer).toBeFocused();
  await ada.page.keyboard.type("By hand");
  await ada.page.keyboard.press("Enter");
  await ada.sees("By hand");
  await expect(ada.composer).toBeFocused();

  await ada.page.reload();
  await ada.sees("By hand");
  await ada.page.evaluate(() => (document.activeElement as HTMLElement).blur());
  for (const name of [/^Copy room code/, "Invite", "Notifications", /^1 person/]) {
    await tabsTo(ada, button(ada, name));
    await seesFocus(ada);
  }
  await tabsTo(ada, button(ada, "Leave room"));
  await ada.page.keyboard.press("Enter");
  await expect(ada.roomCode).toBeFocused();
});

test("the focus moves to the composer when its control goes away", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.say("Lunch?");
  await ada.sees("Lunch?");
  await chooses(ada, "Lunch?", "Reply");
  await button(ada, "Cancel reply").focus();
  await ada.page.keyboard.press("Enter");
  await expect(ada.page.getByText("Replying to")).toHaveCount(0);
  await expect(ada.composer).toBeFocused();

  await ada.page.goto(`/r/${room}#9`);
  await button(ada, "Dismiss").focus();
  await ada.page.keyboard.press("Enter");
  await expect(button(ada, "Dismiss")).toHaveCount(0);
  await expect(ada.composer).toBeFocused();
});

test("a dialog that is opened again at once after Escape stays open", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  const button = ada.page.getByRole("button", { name: "Edit name and topic" });
  await button.press("Enter");
  const name = ada.page.getByRole("dialog").getByRole("textbox", { name: "Name" });
  await expect(name).toBeFocused();
  await ada.page.evaluate(() => {
    // Pressed before the browser tells that the dialog is closed: it does so in a later task.
    const pressed = ({ target }: FocusEvent) => {
      if (target instanceof HTMLButtonElement) target.click();
    };
    document.addEventListener("focusin", pressed, { once: true });
    const closed = () => document.body.setAttribute("data-told", "");
    document.querySelector("dialog[open]")?.addEventListener("close", closed);
  });
  await name.press("Escape");
  await expect(ada.page.locator("body[data-told]")).toBeVisible();
  await expect(name).toBeFocused();
});

test("a dialog keeps the focus inside and returns it", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await tabsTo(ada, button(ada, "Invite"));
  await ada.page.keyboard.press("Enter");
  const dialog = ada.page.getByRole("dialog", { name: "Invite people" });
  await expect(dialog).toBeVisible();
  for (let step = 0; step < 5; step += 1) {
    await ada.page.keyboard.press("Tab");
    // At its end the focus goes to the browser's own controls, and from there back in.
    const isOutside = await dialog.evaluate(
      (element) =>
        !element.contains(document.activeElement) && document.activeElement !== document.body,
    );
    expect(isOutside).toBe(false);
  }
  await ada.page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(button(ada, "Invite")).toBeFocused();
});

test("the notification settings can be reached by keyboard", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await tabsTo(ada, button(ada, "Notifications"));
  await ada.page.keyboard.press("Enter");
  await expect(ada.page.getByLabel("Never")).toBeVisible();
  await ada.page.keyboard.press("Tab");
  await expect(ada.page.getByLabel("Never")).toBeFocused();
  await tabsTo(ada, ada.page.getByLabel("Mute this room"));
  await ada.page.keyboard.press("Space");
  await expect(ada.page.getByLabel("Mute this room")).toBeChecked();
  await ada.page.keyboard.press("Escape");
  await expect(button(ada, "Notifications, muted")).toBeFocused();
});

test("the people panel returns the focus to its button", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await tabsTo(ada, button(ada, /^1 person/));
  await ada.page.keyboard.press("Enter");
  await tabsTo(ada, button(ada, "Close"));
  await ada.page.keyboard.press("Enter");
  await expect(button(ada, /^1 person/)).toBeFocused();
});

test("the focus stays in the list when a recent room is removed", async ({ meet, room }) => {
  const ada = await meet("Ada");
  for (const code of [`${room}-1`, `${room}-2`]) {
    await ada.join(code);
    await ada.leaves();
  }
  await tabsTo(ada, button(ada, `Forget ${room}-2`));
  await ada.page.keyboard.press("Enter");
  await expect(ada.page.getByRole("link", { name: `${room}-1` })).toBeFocused();
});
