import { PlainClient } from "@parley/testkit/plain-client";
import type { Page } from "@playwright/test";
import { axeFindingsInBothThemes, axeFindingsInForcedColours } from "./axe.ts";
import { lightBrowser } from "./browsers.ts";
import { attach, noise, picture } from "./files.ts";
import { expect, test } from "./fixture.ts";
import type { Person } from "./people.ts";
import { boxOf, conversationOf, panelOf } from "./private-panel.ts";

const STILL = { reducedMotion: "reduce", permissions: ["microphone"] as string[] } as const;
const DESKTOP = { ...STILL, viewport: { width: 1280, height: 800 } };
const PHONE = {
  ...STILL,
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
} as const;
/** A microphone that beeps. */
const args = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
test.use({ launchOptions: { ...lightBrowser, args: [...(lightBrowser.args ?? []), ...args] } });

const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, exact: true });

/** Axe finds nothing in the present state, in any look. */
async function holds(person: Person, state: string): Promise<void> {
  expect(await axeFindingsInBothThemes(person), state).toEqual([]);
  expect(await axeFindingsInForcedColours(person), `${state}, forced colours`).toEqual([]);
}

for (const [device, habits] of [
  ["a desktop", DESKTOP],
  ["a phone", PHONE],
] as const) {
  test(`axe finds nothing in files on ${device}`, async ({ meet, room }) => {
    const ada = await meet("Ada", habits);
    const { page, messages } = ada;
    await ada.join(room);
    await button(page, "Attach").click();
    const voice = page.getByRole("menuitem", { name: "Voice message" });
    await expect(voice).toBeVisible();
    await holds(ada, "what can be attached");
    await voice.click();
    await expect(page.getByRole("group", { name: "Voice message" })).toContainText("Recording");
    await holds(ada, "a recording");
    await button(page, "Done").click();
    const tray = page.getByRole("region", { name: "Files to send" });
    await expect(button(page, /^Remove Voice message/)).toBeVisible();
    const zip = { mimeType: "application/zip", buffer: noise(10_000) };
    await attach(
      page,
      await picture(ada, "one.jpg", [3_000, 2_000]),
      { ...zip, name: "all.zip" },
      { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("Bring ropes.") },
    );
    await expect(tray).toContainText("2560 × 1707");
    await holds(ada, "the tray");
    await attach(page, await picture(ada, "two.png", [300, 400]));
    await button(page, "Send").click();
    await expect(messages.getByRole("link", { name: "Download all.zip" })).toBeVisible();
    await button(page, "Preview").click();
    await ada.sees("Bring ropes.");
    await holds(ada, "an album, a voice message and files");
    await button(page, /^Open picture one/).click();
    await expect(page.getByRole("dialog", { name: /^Picture one/ })).toBeVisible();
    await holds(ada, "a lightbox");
  });

  test(`axe finds nothing in private messages on ${device}`, async ({ meet, room, server }) => {
    const ada = await meet("Ada", habits);
    const { page } = ada;
    await ada.join(room);
    const ben = await PlainClient.join(server.socketUrl, room, "Ben");
    await ada.seesPeople("Ada", "Ben");
    await page.getByRole("list", { name: "People" }).getByRole("button", { name: "Ben" }).click();
    await expect(page.getByRole("menuitem", { name: "Message privately" })).toBeVisible();
    await holds(ada, "what one can do with a person");
    await page.getByRole("menuitem", { name: "Message privately" }).click();
    await expect(boxOf(ada, "Ben")).toBeVisible();
    await holds(ada, "a new conversation");
    await boxOf(ada, "Ben").fill("Shall we bake?");
    await panelOf(ada).getByRole("button", { name: "Send", exact: true }).click();
    const { with: asker } = await ben.next("private");
    const frame = { type: "chat", payload: { message: "Yes, a `cake`" } } as const;
    ben.send("private", { with: asker.id, frame });
    await expect(conversationOf(ada).getByText("Yes, a")).toBeVisible();
    await holds(ada, "a conversation");
    await ben.leave();
    await expect(panelOf(ada)).toContainText(/not here/i);
    await holds(ada, "a conversation with somebody who left");
  });

  test(`axe finds nothing in hooks on ${device}`, async ({ meet, room }) => {
    const ada = await meet("Ada", habits);
    const { page } = ada;
    await ada.join(room);
    if (device === "a phone") await button(page, "Room options").click();
    else await ada.seesPeople("Ada");
    await button(page, "Hooks").click();
    const sheet = page.getByRole("dialog", { name: "Hooks" });
    await expect(sheet.getByRole("button", { name: "New hook" })).toBeVisible();
    await holds(ada, "no hooks");
    await sheet.getByRole("button", { name: "New webhook" }).click();
    await sheet.getByRole("button", { name: "Create" }).click();
    await expect(sheet.getByText("Give it a name.")).toBeVisible();
    await holds(ada, "a form with errors");
    await sheet.getByRole("button", { name: "Cancel" }).click();
    await sheet.getByRole("button", { name: "New hook" }).click();
    await sheet.getByRole("textbox", { name: "Name" }).fill("Builds");
    await sheet.getByRole("button", { name: "Create" }).click();
    await expect(sheet.getByRole("button", { name: "Copy address" })).toBeVisible();
    await holds(ada, "a hook");
    await sheet.getByRole("button", { name: "Revoke", exact: true }).click();
    await expect(sheet.getByRole("button", { name: "Keep" })).toBeVisible();
    await holds(ada, "a hook that may be revoked");
  });
}
