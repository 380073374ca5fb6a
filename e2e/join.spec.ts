import type { Page } from "@playwright/test";
import { expect, test } from "./fixture.ts";
import { usesTool } from "./message-actions.ts";

/** Collects the names of the app's files that a page fetches from now on, in order. */
function partsFetchedBy(page: Page): string[] {
  const parts: string[] = [];
  page.on("request", (request) => {
    const part = /\/assets\/(.+)-.{8}\.js$/.exec(request.url())?.[1];
    if (part !== undefined) parts.push(part);
  });
  return parts;
}

test("a link to a room fills in its code", async ({ meet, room }) => {
  const ada = await meet("Ada");
  const ben = await meet("Ben");
  await ada.join(room);
  await ben.follows(room);

  await expect(ben.page).toHaveURL(`/r/${room}`);
  await ben.say("Thanks for the link");
  await ada.sees("Thanks for the link");
});

test("a new room gets a code, and its address can be shared", async ({ meet }) => {
  const ada = await meet("Ada");
  const ben = await meet("Ben");
  await ada.page.goto("/");
  await expect(ada.yourName).toBeFocused();
  await ada.yourName.fill("Ada");
  await ada.yourName.press("Enter");
  await ada.isInRoom();
  const group = "[0-9a-hjkmnp-tv-z]";
  await expect(ada.page).toHaveURL(new RegExp(`/r/${group}{3}-${group}{4}-${group}{3}$`));

  await ben.page.goto(ada.page.url());
  await ben.entersAs("Ben");
  await ada.say("It works");
  await ben.sees("It works");
});

test("Enter is enough: a name is proposed, and without a code a new room opens", async ({
  meet,
}) => {
  const ada = await meet("Ada");
  await ada.page.goto("/");
  await expect(ada.yourName).toHaveValue(/^[A-Z][a-z]+ [A-Z][a-z]+$/);
  const proposed = await ada.yourName.inputValue();
  await expect(ada.page.getByRole("button", { name: "Start a room" })).toBeVisible();
  await ada.page.keyboard.press("Enter");
  await ada.isInRoom();
  await ada.seesPeople(proposed);
});

test("an invitation shows its room, and asks only for a name", async ({ meet, room }) => {
  const ada = await meet("Ada");
  const ben = await meet("Ben");
  await ada.join(room);
  await ben.page.goto(`/r/${room}`);
  await expect(ben.page.getByRole("heading", { name: room })).toBeVisible();
  await expect(ben.page.getByText("1 person is here")).toBeVisible();
  await expect(ben.yourName).toBeFocused();
  await expect(ben.page.getByRole("main").getByRole("textbox")).toHaveCount(1);
  await expect(ben.page.getByRole("main").getByRole("button")).toHaveCount(1);
  await ben.page.getByRole("link", { name: "Join or start another room" }).click();
  await expect(ben.roomCode).toBeVisible();
});

test("a name is remembered", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.leaves();
  await expect(ada.yourName).toHaveValue("Ada");
});

test("a returning user needs a code and Enter, or a click on a recent room", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.leaves();
  await expect(ada.page.getByRole("main").getByRole("textbox")).toHaveCount(2);
  const recent = ada.page.getByRole("link", { name: `${room} just now`, exact: true });
  await expect(recent).toBeVisible();

  await ada.roomCode.fill(`${room}-2`);
  await ada.roomCode.press("Enter");
  await ada.isInRoom();
  await expect(ada.page).toHaveURL(`/r/${room}-2`);
  await ada.leaves();
  await recent.click();
  await ada.isInRoom();
  await expect(ada.page).toHaveURL(`/r/${room}`);
});

test("a hand-made code is said to be easy to guess, and works", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.page.goto("/");
  await ada.roomCode.fill(room);
  await expect(ada.roomCode).toHaveAccessibleDescription("");
  await ada.roomCode.fill("tea");
  await expect(ada.roomCode).toHaveAccessibleDescription(/easy to guess/);
  await expect(ada.roomCode).not.toHaveAttribute("aria-invalid");
  await ada.entersAs("Ada");
  await expect(ada.page).toHaveURL("/r/tea");
});

test("a problem with a code is shown beside its field", async ({ meet }) => {
  const ada = await meet("Ada");
  await ada.page.goto("/");
  await ada.yourName.fill("Ada");
  await ada.roomCode.fill("not a code!");
  await ada.page.getByRole("button", { name: "Join room" }).click();

  await expect(ada.roomCode).toHaveAttribute("aria-invalid", "true");
  await expect(ada.roomCode).toHaveAccessibleDescription(/letters/i);
  await expect(ada.roomCode).toBeFocused();
  await expect(ada.page).toHaveURL("/");
});

test("a problem with a name is shown beside its field", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.page.goto("/");
  await ada.roomCode.fill(room);
  // Once the proposal is there, nothing replaces an empty name.
  await expect(ada.yourName).not.toHaveValue("");
  await ada.yourName.fill("");
  await ada.page.getByRole("button", { name: "Join room" }).click();

  await expect(ada.yourName).toHaveAttribute("aria-invalid", "true");
  await expect(ada.yourName).toHaveAccessibleDescription(/name/i);
  await expect(ada.yourName).toBeFocused();
});

test("a name that the server refuses is reported beside its field, and another one works", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada");
  const message = "That is no name for a ship.";
  await ada.page.routeWebSocket("**/ws*", (near) => {
    const far = near.connectToServer();
    near.onMessage((frame) => {
      const payload = { code: "bad_name", message, temporary: false };
      if (!String(frame).includes('"Boaty"')) far.send(frame);
      else near.send(JSON.stringify({ type: "error", payload }));
    });
  });
  await ada.page.goto("/");
  await ada.roomCode.fill(room);
  await ada.yourName.fill("Boaty");
  await ada.yourName.press("Enter");

  await expect(ada.yourName).toHaveAttribute("aria-invalid", "true");
  await expect(ada.yourName).toHaveAccessibleDescription(message);
  await expect(ada.yourName).toBeFocused();
  await expect(ada.page).toHaveURL(`/r/${room}`);
  await ada.entersAs("Ada");
});

test.describe("if every part is fetched when it is needed", () => {
  // A service worker would fetch all of them ahead.
  test.use({ serviceWorkers: "block" });

  test("the room's code loads with joining, and its parts on use", async ({ meet, room }) => {
    const ada = await meet("Ada");
    const ben = await meet("Ben");
    await ben.join(room);
    await ben.say("Not an empty room");
    const lazy = ["room", "row-tools", "emoji-picker", "emoji-list", "qr-code", "highlight"];
    const parts = partsFetchedBy(ada.page);
    const fetched = () => parts.filter((part) => lazy.includes(part));

    await ada.page.goto("/", { waitUntil: "networkidle" });
    await ada.roomCode.fill(room);
    await ada.yourName.fill("Ada");
    expect(parts).toContain("join");
    expect(fetched()).toEqual([]);
    await ada.yourName.press("Enter");
    await ada.sees("Not an empty room");
    await ada.composer.pressSequentially("Ahoy");
    expect(fetched()).toEqual(["room"]);

    await usesTool(ada, "Not an empty room", "Reply");
    expect(fetched()).toEqual(["room", "row-tools", "emoji-picker"]);
    await ada.composer.pressSequentially(" :par");
    await expect(ada.page.getByRole("option").first()).toBeVisible();
    expect(fetched()).toEqual(["room", "row-tools", "emoji-picker", "emoji-list"]);
    await ada.composer.press("Escape");
    await ada.page.getByRole("button", { name: "Invite" }).click();
    await expect(ada.page.getByRole("img", { name: /^QR code/ })).toBeVisible();
    expect(fetched()).toEqual(["room", "row-tools", "emoji-picker", "emoji-list", "qr-code"]);
  });
});

test("a part of the page that does not load leaves the room as it is", async ({ meet, room }) => {
  const ada = await meet("Ada", { serviceWorkers: "block" });
  const ben = await meet("Ben");
  await ada.page.route("**/assets/qr-code*", (route) => route.abort());
  await ada.join(room);
  await ben.join(room);
  await ada.say("No code to scan, but here");
  await ben.sees("No code to scan, but here");
  await ben.say("Good enough");
  await ada.sees("Good enough");
});
