import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { FILE_PART_BYTES } from "@parley/protocol";
import { axeFindingsInBothThemes } from "./axe.ts";
import { attach, attachFromDisk, noise, picture, send } from "./files.ts";
import { expect, test } from "./fixture.ts";
import { slowEscape } from "./page-scripts.ts";
import type { Person } from "./people.ts";

const openButtons = ({ messages }: Person) =>
  messages.getByRole("button", { name: /^Open picture/ });

const A_DAY_MS = 86_400_000;
/** The address of a part. */
const PART = /\/files\/[\w-]{22}\/\d+$/;
const ignored = () => undefined;

/** Whether every picture in the messages is loaded and shown. */
async function seesPictures(person: Person, count: number): Promise<void> {
  await expect(openButtons(person)).toHaveCount(count);
  await expect
    .poll(() =>
      openButtons(person).evaluateAll((buttons) =>
        buttons.every((button) => {
          const images = [...button.querySelectorAll("img")];
          return images.some((image) => image.complete && image.naturalWidth > 0);
        }),
      ),
    )
    .toBe(true);
}

test("[B5] photos, a text and a file arrive with their caption, and come back byte for byte", async ({
  meetInRoom,
}) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  const zip = { name: "all.zip", mimeType: "application/zip", buffer: noise(600_000) };
  const notes = { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("Bring ropes.") };
  await attach(ada.page, await picture(ada, "quay.jpg", [3_000, 2_000]), zip, notes);
  await attach(ada.page, await picture(ada, "mast.png", [300, 500]));
  await expect(ada.page.getByRole("region", { name: "Files to send" })).toContainText(
    "2560 × 1707",
  );
  expect(await axeFindingsInBothThemes(ada)).toEqual([]);
  await ada.composer.fill("The harbour");
  await send(ada);
  for (const person of [ada, ben]) {
    await person.sees("The harbour");
    await seesPictures(person, 2);
  }
  await ben.messages.getByRole("button", { name: "Preview" }).click();
  await ben.sees("Bring ropes.");
  const downloading = ben.page.waitForEvent("download");
  await ben.messages.getByRole("link", { name: "Download all.zip" }).click();
  const stream = await (await downloading).createReadStream();
  const hash = createHash("sha256");
  for await (const bytes of stream) hash.update(bytes as Buffer);
  expect(hash.digest("hex")).toBe(createHash("sha256").update(zip.buffer).digest("hex"));
  expect(await axeFindingsInBothThemes(ben)).toEqual([]);
});

test("a picture has its place before it is loaded", async ({ meet, room }) => {
  const [ada, ben] = [await meet("Ada"), await meet("Ben")];
  await ada.join(room);
  await attach(ada.page, await picture(ada, "quay.png", [640, 480]));
  await send(ada);
  await seesPictures(ada, 1);
  await ada.say("after it");
  const { promise: mayLoad, resolve: load } = Promise.withResolvers<void>();
  await ben.page.route("**/files/**", async (route) => {
    await mayLoad;
    await route.continue();
  });
  await ben.join(room);
  await ben.sees("after it");
  await expect(openButtons(ben)).toHaveCount(1);
  const placeOf = () => ben.messages.getByText("after it", { exact: true }).boundingBox();
  const before = await placeOf();
  load();
  await seesPictures(ben, 1);
  expect(await placeOf()).toEqual(before);
});

test.describe("with the app kept for offline use", () => {
  test.use({ serviceWorkers: "allow" });

  test("[B3] a photo and a text that were written offline are sent once, a day later", async ({
    meet,
    room,
    server,
  }) => {
    const [ada, ben] = [await meet("Ada"), await meet("Ben")];
    await ada.join(room);
    await expect
      .poll(() => ada.page.evaluate(() => navigator.serviceWorker.controller?.state))
      .toBe("activated");
    const photo = await picture(ada, "quay.jpg", [640, 480]);
    await server.kill();
    await attach(ada.page, photo);
    await ada.composer.fill("With the photo");
    await send(ada);
    await ada.sees("With the photo");
    await ada.say("And this");
    await expect(ada.messages).toContainText("Waits for a connection");
    await ada.page.goto("about:blank");

    await server.start();
    await ada.page.clock.setSystemTime(Date.now() + A_DAY_MS);
    await ada.page.goto(`/r/${room}`);
    await ben.join(room);
    await ben.sees("With the photo");
    await ben.sees("And this");
    await seesPictures(ben, 1);
    await ada.hasSentAll();
    await ben.reloads();
    await seesPictures(ben, 1);
    await ben.sees("With the photo");
  });
});

test("[B1] an upload goes on after a reload, and no answered part is sent again", async ({
  meetInRoom,
  room,
}) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  const size = 12 * FILE_PART_BYTES;
  const answered: string[] = [];
  // Five parts go through before the reload; the others end with their page.
  let passes = 5;
  await ada.page.route(PART, async (route) => {
    if (passes === 0) return;
    passes -= 1;
    const answer = await route.fetch();
    await route.fulfill({ response: answer });
    if (answer.status() === 204) answered.push(new URL(route.request().url()).pathname);
  });
  await attach(ada.page, {
    name: "all.bin",
    mimeType: "application/octet-stream",
    buffer: noise(size),
  });
  await send(ada);
  await expect(ada.page.getByRole("progressbar", { name: "Upload of all.bin" })).toBeVisible();
  await expect.poll(() => answered.length).toBe(5);
  await ada.say("passes it");
  await ben.sees("passes it");
  await ada.page.goto("about:blank");
  passes = Infinity;
  await ada.page.goto(`/r/${room}`);
  await expect(ben.messages.getByRole("link", { name: "Download all.bin" })).toBeVisible();
  await ben.seesInOrder("passes it", "all.bin");
  expect(answered.length).toBe(12);
  expect(new Set(answered).size).toBe(12);
});

test("an upload can be paused, resumed and cancelled", async ({ meetInRoom }) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  const { promise: mayGoOn, resolve: goOn } = Promise.withResolvers<void>();
  await ada.page.route(PART, async (route) => {
    await mayGoOn;
    // What was paused or cancelled is gone.
    await route.continue().then(ignored, ignored);
  });
  const file = { mimeType: "application/octet-stream", buffer: noise(300_000) };
  await attach(ada.page, { name: "one.bin", ...file });
  await send(ada);
  await ada.page.getByRole("button", { name: "Pause upload" }).click();
  await expect(ada.messages).toContainText("Paused");
  await attach(ada.page, { name: "two.bin", ...file });
  await send(ada);
  await expect(ada.page.getByRole("progressbar", { name: "Upload of two.bin" })).toBeVisible();
  await ada.page.getByRole("button", { name: "Cancel upload" }).last().click();
  await expect(ada.messages).not.toContainText("two.bin");
  goOn();
  await ada.page.getByRole("button", { name: "Resume upload" }).click();
  await expect(ben.messages.getByRole("link", { name: "Download one.bin" })).toBeVisible();
  await ada.say("done");
  await ben.sees("done");
  await expect(ben.messages).not.toContainText("two.bin");
});

test("pictures open in a lightbox, with keys", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await attach(
    ada.page,
    await picture(ada, "one.png", [400, 300]),
    await picture(ada, "two.png", [300, 400]),
  );
  await send(ada);
  await ada.hasSentAll();
  await seesPictures(ada, 2);
  await openButtons(ada).first().click();
  const lightbox = ada.page.getByRole("dialog", { name: /^Picture/ });
  await expect(lightbox).toHaveAccessibleName("Picture one.png");
  await expect(lightbox).toContainText("1 of 2");
  expect(await axeFindingsInBothThemes(ada)).toEqual([]);
  await ada.page.keyboard.press("ArrowRight");
  await expect(lightbox).toHaveAccessibleName("Picture two.png");
  await ada.page.keyboard.press("+");
  await expect(lightbox.getByRole("img", { name: "two.png" })).toHaveCSS("transform", /1\.5/);
  await ada.page.keyboard.press("Escape");
  await expect(lightbox).toHaveCount(0);
  await expect(openButtons(ada).first()).toBeVisible();
});

test("after the last picture, the keys still work", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  const files = ["one.png", "two.png"].map((name) => picture(ada, name, [40, 30]));
  await attach(ada.page, ...(await Promise.all(files)));
  await send(ada);
  await seesPictures(ada, 2);
  await openButtons(ada).first().click();
  const lightbox = ada.page.getByRole("dialog", { name: /^Picture/ });
  await lightbox.getByRole("button", { name: "Next picture" }).press("Enter");
  await expect(lightbox).toContainText("2 of 2");
  await expect(lightbox).toBeFocused();
  await ada.page.keyboard.press("ArrowLeft");
  await expect(lightbox).toContainText("1 of 2");
});

test("a picture opens at the next click if its viewer could not be fetched", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada", { serviceWorkers: "block" });
  await ada.page.route("**/assets/lightbox*", (route) => route.abort(), { times: 1 });
  await ada.join(room);
  await attach(ada.page, await picture(ada, "one.png", [40, 30]));
  await send(ada);
  await seesPictures(ada, 1);
  await openButtons(ada).click();
  await expect(ada.page.getByText("This could not be fetched from the server")).toBeVisible();
  await openButtons(ada).click();
  await expect(ada.page.getByRole("dialog", { name: "Picture one.png" })).toBeVisible();
});

test("a picture that is opened again at once stays open", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await attach(ada.page, await picture(ada, "one.png", [400, 300]));
  await send(ada);
  await expect(ada.messages.getByRole("img", { name: "Sent" })).toBeVisible();
  await seesPictures(ada, 1);
  const lightbox = ada.page.getByRole("dialog", { name: /^Picture/ });
  await openButtons(ada).click();
  await expect(lightbox).toBeVisible();
  await ada.page.evaluate(slowEscape);
  await Promise.all([ada.page.keyboard.press("Escape"), ada.page.keyboard.press("Enter")]);
  await expect(lightbox.getByRole("link", { name: "Download one.png" })).toBeFocused();
  await ada.page.keyboard.press("Escape");
  await expect(lightbox).toHaveCount(0);
  await expect(openButtons(ada)).toBeFocused();
});

test("a file that is too large, or gone, says so", async ({ meetInRoom }) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  const large = test.info().outputPath("large.bin");
  await writeFile(large, Buffer.alloc(27_000_000));
  await attachFromDisk(ada.page, large);
  await expect(ada.page.getByRole("region", { name: "Files to send" })).toContainText(
    "Larger than 26 MB.",
  );
  await expect(ada.page.getByRole("button", { name: "Send", exact: true })).toBeVisible();
  await ada.page.getByRole("button", { name: "Remove large.bin" }).click();
  await ben.page.route("**/files/**", (route) => route.fulfill({ status: 404, body: "" }));
  await attach(ada.page, await picture(ada, "quay.png", [400, 300]));
  await send(ada);
  await expect(ben.messages).toContainText("No longer stored");
  ben.troubles.length = 0;
});
