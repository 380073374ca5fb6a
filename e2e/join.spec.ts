import { expect, test } from "./fixture.ts";

test("a link to a room fills in its code", async ({ meet, room }) => {
  const ada = await meet("Ada");
  const ben = await meet("Ben");
  await ada.join(room);
  await ben.follows(room);

  await expect(ben.page).toHaveURL(`/r/${room}`);
  await ben.say("Thanks for the link");
  await ada.sees("Thanks for the link");
});

test("a new room has a code of its own, and its address can be passed on", async ({ meet }) => {
  const ada = await meet("Ada");
  const ben = await meet("Ben");
  await ada.page.goto("/");
  await ada.page.getByRole("button", { name: "New room" }).click();
  await ada.entersAs("Ada");

  await ben.page.goto(ada.page.url());
  await ben.entersAs("Ben");
  await ada.say("It works");
  await ben.sees("It works");
});

test("a name is remembered", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.leaves();
  await expect(ada.yourName).toHaveValue("Ada");
});

test("what is wrong with a code stands beside its field", async ({ meet }) => {
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

test("what is wrong with a name stands beside its field", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.page.goto("/");
  await ada.roomCode.fill(room);
  await ada.page.getByRole("button", { name: "Join room" }).click();

  await expect(ada.yourName).toHaveAttribute("aria-invalid", "true");
  await expect(ada.yourName).toHaveAccessibleDescription(/name/i);
  await expect(ada.yourName).toBeFocused();
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
