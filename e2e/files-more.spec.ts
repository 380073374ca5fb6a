import { expect, test as base } from "./fixture.ts";
import { attach, noise, picture, send } from "./files.ts";
import { lightBrowser } from "./browsers.ts";

const test = base;
/** A microphone that beeps. */
const args = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
test.use({ launchOptions: { ...lightBrowser, args: [...(lightBrowser.args ?? []), ...args] } });

test("a voice message is recorded, sent and played", async ({ meet, room }) => {
  const [ada, ben] = [await meet("Ada", { permissions: ["microphone"] }), await meet("Ben")];
  await ada.join(room);
  await ben.join(room);
  await ada.page.getByRole("button", { name: "Attach" }).click();
  await ada.page.getByRole("menuitem", { name: "Voice message" }).click();
  const recorder = ada.page.getByRole("group", { name: "Voice message" });
  await expect(recorder).toContainText(/Recording\s*\d:(?!00)\d\d/);
  // Sending ends the recording.
  await send(ada);
  const play = ben.messages.getByRole("button", { name: "Play voice message" });
  await expect(play).toBeVisible();
  await play.click();
  const place = ben.messages.getByRole("slider", { name: "Place in the voice message" });
  await expect(place).not.toHaveAttribute("aria-valuetext", /^0:00 of 0:00/);
  await expect(recorder).toHaveCount(0);
});

test("a recording that is ended twice is one file", async ({ meet, room }) => {
  const ada = await meet("Ada", { permissions: ["microphone"] });
  await ada.join(room);
  await ada.page.getByRole("button", { name: "Attach" }).click();
  await ada.page.getByRole("menuitem", { name: "Voice message" }).click();
  const recorder = ada.page.getByRole("group", { name: "Voice message" });
  await expect(recorder).toContainText(/Recording\s*\d:(?!00)\d\d/);
  await recorder.getByRole("button", { name: "Done" }).dblclick();
  await expect(recorder).toHaveCount(0);
  await send(ada);
  await ada.hasSentAll();
  await expect(ada.messages.getByRole("button", { name: "Play voice message" })).toHaveCount(1);
});

test("a recorder that does not start lets go of the microphone, and says so", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada", { permissions: ["microphone"] });
  await ada.page.addInitScript(() => {
    MediaRecorder.prototype.start = () => {
      throw new DOMException("No encoder.", "NotSupportedError");
    };
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      const stream = await open(wanted);
      Object.assign(window, { tracks: stream.getTracks() });
      return stream;
    };
  });
  await ada.join(room);
  await ada.page.getByRole("button", { name: "Attach" }).click();
  await ada.page.getByRole("menuitem", { name: "Voice message" }).click();
  await expect(ada.page.getByText("This browser cannot record voice messages.")).toBeVisible();
  await expect(ada.page.getByRole("group", { name: "Voice message" })).toHaveCount(0);
  const tracks = () =>
    ada.page.evaluate(() =>
      (window as { tracks?: MediaStreamTrack[] }).tracks?.map(({ readyState }) => readyState),
    );
  expect(await tracks()).toEqual(["ended"]);
});

test("files go into a private conversation, and nobody else sees them", async ({ meetInRoom }) => {
  const [ada, ben, cem] = await meetInRoom("Ada", "Ben", "Cem");
  await ada.say("hello");
  await ben.page.getByRole("button", { name: "Ada", exact: true }).click();
  await ben.page.getByRole("menuitem", { name: "Message privately" }).click();
  const panel = ben.page.locator("[data-private]");
  await panel.getByRole("button", { name: "Attach" }).click();
  const dialog = ben.page.waitForEvent("filechooser");
  await ben.page.getByRole("menuitem", { name: "Photos and files" }).click();
  await (await dialog).setFiles([await picture(ben, "quay.png", [400, 300])]);
  await expect(panel.getByRole("button", { name: "Remove quay.png" })).toBeVisible();
  await panel.getByRole("button", { name: "Send", exact: true }).click();
  await ada.page.getByRole("button", { name: "Private messages, 1 new" }).click();
  await ada.page.getByRole("list", { name: "Conversations" }).getByRole("button").click();
  const seen = ada.page.locator("[data-private]").getByRole("button", { name: /^Open picture/ });
  await expect(seen).toHaveCount(1);
  await expect
    .poll(() =>
      seen
        .locator("img")
        .last()
        .evaluate((image: HTMLImageElement) => image.naturalWidth),
    )
    .toBeGreaterThan(0);
  await ben.say("for all");
  await cem.sees("for all");
  await expect(cem.messages).not.toContainText("quay.png");
  await expect(cem.messages.getByRole("button", { name: /^Open picture/ })).toHaveCount(0);
});

test("many files go as several messages, and a deleted one takes its files along", async ({
  meetInRoom,
}) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  const files = Array.from({ length: 12 }, (_, n) => ({
    name: `${n}.bin`,
    mimeType: "application/octet-stream",
    buffer: noise(100, n + 1),
  }));
  await attach(ada.page, ...files);
  await expect(ada.page.getByText("Sent as several messages of 10 files.")).toBeVisible();
  await send(ada);
  for (const { name } of files) {
    await expect(ben.messages.getByRole("link", { name: `Download ${name}` })).toHaveCount(1);
  }
  await expect(ben.messages.getByRole("article")).toHaveCount(2);
  const link = ben.messages.getByRole("link", { name: "Download 11.bin" });
  const address = new URL((await link.getAttribute("href")) ?? "", ben.page.url()).href;
  expect((await ben.page.request.get(address)).status()).toBe(200);
  const row = ada.messages.getByRole("article").last();
  await row.click({ button: "right", position: { x: 10, y: 10 } });
  await ada.page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(ben.messages).toContainText("Message deleted");
  await expect(link).toHaveCount(0);
  await expect.poll(async () => (await ben.page.request.get(address)).status()).toBe(404);
});

test("a sound that cannot be played is a file at once, and nobody is asked for it", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada");
  await ada.join(room);
  const asked: string[] = [];
  ada.page.on("request", (request) => {
    if (request.method() === "HEAD") asked.push(request.url());
  });
  const gate = Promise.withResolvers<void>();
  await ada.page.route(/\/files\//, async (route) => {
    await gate.promise;
    await route.continue();
  });
  await attach(ada.page, { name: "a.mp3", mimeType: "audio/mpeg", buffer: noise(3_000) });
  await send(ada);
  await expect(ada.messages.getByText("a.mp3")).toBeVisible();
  await expect(ada.messages.locator("audio")).toHaveCount(0);
  gate.resolve();
  await ada.hasSentAll();
  await expect(ada.messages.getByText("No longer stored")).toHaveCount(0);
  expect(asked).toEqual([]);
});

test("a picture that is looked at while it is sent can be downloaded once it is stored", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada");
  await ada.join(room);
  const gate = Promise.withResolvers<void>();
  await ada.page.route(/\/files\//, async (route) => {
    await gate.promise;
    await route.continue();
  });
  await attach(ada.page, await picture(ada, "one.png", [400, 300]));
  await send(ada);
  await ada.messages.getByRole("button", { name: "Open picture one.png" }).click();
  const lightbox = ada.page.getByRole("dialog", { name: /^Picture/ });
  await expect(lightbox.getByRole("button", { name: "Close" })).toBeVisible();
  const download = lightbox.getByRole("link", { name: "Download one.png" });
  await expect(download).toHaveCount(0);
  gate.resolve();
  await expect(download).toBeVisible();
});

test("once a file is chosen, Enter sends it", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await attach(ada.page, { name: "a.bin", mimeType: "application/zip", buffer: noise(1_000) });
  await expect(ada.composer).toBeFocused();
  await ada.page.keyboard.press("Enter");
  await ada.hasSentAll();
  await expect(ada.messages.getByRole("link", { name: "Download a.bin" })).toBeVisible();
});

test("the browser asks before it closes a page with attached files", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  const file = { name: "a.bin", mimeType: "application/zip", buffer: noise(1_000) };
  await attach(ada.page, file);
  await ada.reloads();
  await ada.isInRoom();
  expect(ada.timesAskedToStay).toBe(1);

  await attach(ada.page, file);
  await send(ada);
  await ada.hasSentAll();
  await ada.reloads();
  await ada.isInRoom();
  expect(ada.timesAskedToStay).toBe(1);
});
