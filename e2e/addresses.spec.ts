import { axeFindingsInBothThemes, axeFindingsInForcedColours } from "./axe.ts";
import { expect, test } from "./fixture.ts";

const code = (room: string) => room.replaceAll("-", "");

test("a generated code opens its room in any spelling", async ({ meet, room, address }) => {
  // One that has a digit before a letter, as almost all have.
  const digits = `7${room.slice(1, 2)}k${room.slice(3)}`;
  const ada = await meet("Ada");
  await ada.page.goto("/");
  await ada.roomCode.fill(code(digits).toUpperCase());
  await expect(ada.roomCode).toHaveAccessibleDescription(`Opens ${digits}.`);
  await ada.yourName.fill("Ada");
  await expect(ada.roomCode).toHaveValue(digits);
  await ada.page.getByRole("button", { name: "Join room" }).click();
  await ada.isInRoom();
  await expect(ada.page).toHaveURL(`${address}/r/${digits}`);
});

test("an invitation does not say that the code is easy to guess", async ({ meet }) => {
  const ada = await meet("Ada");
  await ada.page.goto("/r/winter2024");
  await expect(ada.page.getByRole("heading", { name: "winter2024" })).toBeVisible();
  await expect(ada.page.getByText(/easy to guess/)).toHaveCount(0);
});

test("an unknown address says so, and leads to the start page", async ({ meet, address }) => {
  const ada = await meet("Ada");
  const answer = await ada.page.goto("/nonsense");
  expect(answer?.status()).toBe(404);
  await expect(ada.page.getByText("There is nothing at this address.")).toBeVisible();
  expect(await axeFindingsInBothThemes(ada)).toEqual([]);
  expect(await axeFindingsInForcedColours(ada)).toEqual([]);
  const looks = () => ada.page.locator("body, header, h1").evaluateAll(looksOf);
  const [font, hull] = await looks();
  await ada.page.getByRole("link", { name: "Go to the start page" }).click();
  await expect(ada.roomCode).toBeVisible();
  expect([font, hull], "it looks like the start page").toEqual((await looks()).slice(0, 2));
  // A browser logs the 404 as an error.
  ada.troubles.length = 0;

  const icon = await fetch(`${address}/favicon.ico`);
  expect(icon.status).toBe(200);
  expect(icon.headers.get("content-type")).toBe("image/x-icon");
});

test("a link to a message that the room never had says so at once", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.say("The only one");
  await ada.hasSentAll();
  await ada.page.evaluate(() => {
    window.location.hash = "#999";
  });
  await expect(ada.page.getByText("No message in this room has that number.")).toBeVisible();
});

/** What two pages that belong together have in common. */
function looksOf(elements: Element[]) {
  return elements.map((element) => {
    const { fontFamily, fontSize, color, backgroundColor, width } = getComputedStyle(element);
    return { fontFamily, fontSize, color, backgroundColor, width };
  });
}
