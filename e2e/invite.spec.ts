import { PlainClient } from "@parley/testkit/plain-client";
import { expect, test } from "./fixture.ts";
import type { Person } from "./people.ts";

const permissions = ["clipboard-read", "clipboard-write"];

function copied({ page }: Person): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Gives the browser a sheet to share by, which keeps what it is handed. */
async function hasShareSheet({ page }: Person): Promise<void> {
  await page.addInitScript(() => {
    const share = (data: ShareData) => {
      document.documentElement.dataset["shared"] = data.url;
      return Promise.resolve();
    };
    Object.defineProperty(navigator, "share", { configurable: true, value: share });
  });
}

test("an empty room invites: its link to read, to scan, to copy and to share", async ({
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
  expect(await copied(ada)).toBe(link);
  await invitation.getByRole("button", { name: "Share" }).click();
  await expect(ada.page.locator("html")).toHaveAttribute("data-shared", link);

  const ben = await PlainClient.connect(server.socketUrl);
  ben.send("join", { roomId: room, name: "Ben" });
  await expect(invitation.getByRole("heading")).toHaveText("Nothing is said yet.");
  ben.send("chat", { message: "Here I am" });
  await ada.sees("Here I am");
  await expect(invitation).toHaveCount(0);
});

test("the header of a room copies its link and its code, shares it, and shows it to scan", async ({
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
  const header = ada.page.getByRole("navigation", { name: "Room" });

  await header.getByRole("button", { name: "Copy link" }).click();
  await ada.hasSeen(/^The link is copied\./);
  expect(await copied(ada)).toBe(link);
  await ada.page.getByRole("button", { name: `Copy room code ${room}` }).click();
  await ada.hasSeen(/^The code is copied\./);
  expect(await copied(ada)).toBe(room);
  await header.getByRole("button", { name: "Share" }).click();
  await expect(ada.page.locator("html")).toHaveAttribute("data-shared", link);

  await header.getByRole("button", { name: "QR code" }).click();
  const invitation = ada.page.getByRole("dialog", { name: "Invite people" });
  await expect(invitation.getByRole("img", { name: /^QR code/ })).toBeVisible();
  await expect(invitation.getByText(link, { exact: true })).toBeVisible();
  await invitation.getByRole("button", { name: "Copy invitation" }).click();
  await ada.hasSeen(/^Copied/);
  expect(await copied(ada)).toBe(link);
  await ada.page.keyboard.press("Escape");
  await expect(invitation).toBeHidden();
});
