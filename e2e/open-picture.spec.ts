import { attach, picture, send } from "./files.ts";
import { expect, test } from "./fixture.ts";
import type { Person } from "./people.ts";
import { panelOf, writesTo } from "./private-panel.ts";

const lightbox = ({ page }: Person) => page.getByRole("dialog", { name: /^Picture/ });
const photo = ({ page }: Person) => page.getByRole("button", { name: "Open picture quay.png" });

/** Sends a picture to the room. */
async function sendsPicture(person: Person): Promise<void> {
  await attach(person.page, await picture(person, "quay.png", [400, 300]));
  await send(person);
  await person.hasSentAll();
}

test("Back closes an open picture and stays in the room; Forward does not open it", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await sendsPicture(ada);
  await photo(ada).click();
  await expect(lightbox(ada)).toBeVisible();
  await ada.page.goBack();
  await expect(lightbox(ada)).toHaveCount(0);
  await ada.isInRoom();
  await ada.page.goForward();
  await ada.isInRoom();
  await expect(lightbox(ada)).toHaveCount(0);

  // Where it was closed otherwise, the next Back leaves the room.
  await photo(ada).click();
  await lightbox(ada).getByRole("button", { name: "Close" }).click();
  await expect(lightbox(ada)).toHaveCount(0);
  await expect.poll(() => ada.page.evaluate(() => history.state as unknown)).toBeNull();
  await ada.page.goBack();
  await expect(ada.roomCode).toBeVisible();
});

test("a picture does not open again when its room was left with it", async ({ meet, room }) => {
  const ada = await meet("Ada", { viewport: { width: 1280, height: 800 } });
  await ada.join(room);
  await sendsPicture(ada);
  await ada.joinsAnother(`${room}-2`);
  const link = ada.page.getByRole("list", { name: "Rooms" }).getByRole("link");
  await link.filter({ hasNotText: `${room}-2` }).click();
  await photo(ada).click();
  await expect(lightbox(ada)).toBeVisible();
  // As from the browser's list of pages.
  await ada.page.evaluate(() => history.go(-2));
  await expect(ada.page).toHaveURL(/-2$/);
  await expect(lightbox(ada)).toHaveCount(0);
  await ada.page.evaluate(() => history.go(1));
  await expect(photo(ada)).toBeVisible();
  await expect(lightbox(ada)).toHaveCount(0);
});

test("on a phone, Back closes a private picture and then the private messages", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada", { viewport: { width: 390, height: 844 } });
  await ada.join(room);
  const ben = await meet("Ben");
  await ben.join(room);
  await ada.seesCount(2);
  await writesTo(ada, "Ben");
  const panel = panelOf(ada);
  await panel.getByRole("button", { name: "Attach" }).click();
  const dialog = ada.page.waitForEvent("filechooser");
  await ada.page.getByRole("menuitem", { name: "Photos and files" }).click();
  await (await dialog).setFiles([await picture(ada, "quay.png", [400, 300])]);
  await panel.getByRole("button", { name: "Send", exact: true }).click();
  await photo(ada).click();
  await expect(lightbox(ada)).toBeVisible();
  await ada.page.goBack();
  await expect(lightbox(ada)).toHaveCount(0);
  await expect(panel).toBeVisible();
  await photo(ada).click();
  await ada.page.keyboard.press("Escape");
  await expect(lightbox(ada)).toHaveCount(0);
  await expect(panel).toBeVisible();
  await ada.page.goBack();
  await expect(panel).toHaveCount(0);
  await ada.isInRoom();
});
