import { PlainClient } from "@parley/testkit/plain-client";
import { expect, test } from "./fixture.ts";
import type { Person } from "./people.ts";

const permissions = ["clipboard-read", "clipboard-write"];

function copied({ page }: Person): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Gives the browser a share sheet that records what it gets. */
async function hasShareSheet({ page }: Person): Promise<void> {
  await page.addInitScript(() => {
    const share = (data: ShareData) => {
      document.documentElement.dataset["shared"] = data.url;
      return Promise.resolve();
    };
    Object.defineProperty(navigator, "share", { configurable: true, value: share });
  });
}

test("an empty room shows its link to read, scan, copy and share", async ({
  meet,
  room,
  address,
  server,
}) => {
  const link = `${address}/r/${room}`;
  const ada = await meet("Ada", { permissions });
  await hasShareSheet(ada);
  await ada.join(room);
  const invitation = ada.page.getByRole("region", { name: "Invite people" });
  await expect(invitation.getByRole("heading")).toHaveText("You are the first here.");
  await expect(invitation.getByText(link, { exact: true })).toBeVisible();
  const code = invitation.getByRole("img", { name: `QR code of the link to room ${room}` });
  await expect(code).toBeVisible();

  await invitation.getByRole("button", { name: "Copy invitation" }).click();
  await ada.hasSeen(/^Copied/);
  expect(await copied(ada)).toBe(`Join me in room ${room} on Parley: ${link}`);
  await invitation.getByRole("button", { name: "Share" }).click();
  await expect(ada.page.locator("html")).toHaveAttribute("data-shared", link);

  const ben = await PlainClient.connect(server.socketUrl);
  ben.send("join", { roomId: room, name: "Ben" });
  await expect(invitation.getByRole("heading")).toHaveText("Nothing is said yet.");
  ben.send("chat", { message: "Here I am" });
  await ada.sees("Here I am");
  await expect(invitation).toHaveCount(0);
});

test("Invite shows the link to copy, share and scan; a click on its name copies the code", async ({
  meet,
  room,
  address,
}) => {
  const link = `${address}/r/${room}`;
  const ada = await meet("Ada", { permissions });
  await hasShareSheet(ada);
  await ada.join(room);
  await ada.say("Not empty any more");
  await ada.sees("Not empty any more");
  await ada.page.getByRole("button", { name: `Copy room code ${room}` }).click();
  await ada.hasSeen(/^The code is copied\./);
  expect(await copied(ada)).toBe(room);

  await ada.page.getByRole("button", { name: "Invite" }).click();
  const invitation = ada.page.getByRole("dialog", { name: "Invite people" });
  await expect(invitation.getByRole("img", { name: /^QR code/ })).toBeVisible();
  await expect(invitation.getByText(link, { exact: true })).toBeVisible();
  await invitation.getByRole("button", { name: "Copy link" }).click();
  await ada.hasSeen(/^The link is copied\./);
  expect(await copied(ada)).toBe(link);
  await invitation.getByRole("button", { name: "Share" }).click();
  await expect(ada.page.locator("html")).toHaveAttribute("data-shared", link);
  await ada.page.keyboard.press("Escape");
  await expect(invitation).toBeHidden();
});

test("a member alone after the first message sees the invitation until another joins", async ({
  meet,
  room,
  address,
}) => {
  const ada = await meet("Ada", { permissions });
  const ben = await meet("Ben");
  await ada.join(room);
  await ada.say("Anybody?");
  await expect(ada.page.getByText("Nobody else is here.")).toBeVisible();
  await ada.page.getByRole("button", { name: "Copy invitation" }).click();
  await ada.hasSeen(/^Copied/);
  expect(await copied(ada)).toBe(`Join me in room ${room} on Parley: ${address}/r/${room}`);
  await ben.follows(room);
  await expect(ada.page.getByText("Nobody else is here.")).toHaveCount(0);
});
