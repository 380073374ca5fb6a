import { deploy, welcome } from "./deployment.ts";
import { expect, test } from "./fixture.ts";
import { meetPerson, type Person } from "./people.ts";
import { startServer } from "./server.ts";

test.use({ serviceWorkers: "allow" });

/** Waits until the page's files are stored. */
async function isKept({ page }: Person): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state))
    .toBe("activated");
}

test("the app can be installed", async ({ meet }) => {
  const ada = await meet("Ada");
  await ada.page.goto("/");
  await isKept(ada);
  const devtools = await ada.page.context().newCDPSession(ada.page);
  const { url, errors } = await devtools.send("Page.getAppManifest");
  expect(url).toMatch(/\/manifest\.webmanifest$/);
  expect(errors).toEqual([]);
  const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
  // A test's browser context is an incognito window.
  const found = installabilityErrors.map(({ errorId }) => errorId);
  expect(found.filter((id) => id !== "in-incognito")).toEqual([]);

  const worker = await ada.page.request.get("/sw.js");
  expect(worker.headers()["cache-control"]).toBe("no-cache");
  expect(worker.headers()["content-type"]).toMatch(/javascript/);
  const manifest = await ada.page.request.get("/manifest.webmanifest");
  expect(manifest.headers()["content-type"]).toMatch(/^application\/manifest\+json/);
});

test("[D5] without a network the app opens, shows a known room and takes messages", async ({
  meetInRoom,
  room,
  server,
}) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ben.say("The ferry leaves at 9:40");
  await ada.sees("The ferry leaves at 9:40");
  await isKept(ada);
  await ada.leaves();

  await server.kill();
  await ada.reloads();
  await ada.page.getByRole("link", { name: room }).click();
  await ada.sees("The ferry leaves at 9:40");
  await ada.say("I wait for the network");
  await ada.seesQueued(1);
  await ada.page.goto("/");
  await expect(ada.roomCode).toBeVisible();
  await ada.page.goto(`/r/${room}`);
  await ada.seesQueued(1);

  await server.start();
  await ada.seesQueued(0);
  await ben.reloads();
  await ben.sees("I wait for the network");
});

test("a newer version says so, waits for a click, and runs after it", async ({ browser }) => {
  const deployment = await deploy();
  const server = await startServer({ main: deployment.main });
  const ada = await meetPerson(browser, server.url, "Ada");
  try {
    await ada.page.goto("/");
    await expect(ada.page.getByText(welcome.first)).toBeVisible();
    await isKept(ada);
    await ada.join("harbour");
    await ada.composer.fill("Half a sentence");

    await server.stop();
    await deployment.update();
    await server.start();
    const notice = ada.page.getByRole("status", { name: "Update" });
    await expect(notice).toContainText("There is a new version.");
    // Until then it continues as it is, with files that the server no longer has.
    await expect(ada.composer).toHaveValue("Half a sentence");
    await ada.page.getByRole("button", { name: "Invite" }).click();
    await expect(ada.page.getByRole("dialog").getByRole("img", { name: /^QR code/ })).toBeVisible();
    await ada.page.keyboard.press("Escape");

    await notice.getByRole("button", { name: "Reload" }).click();
    await ada.isInRoom();
    await expect(ada.composer).toHaveValue("Half a sentence");
    await expect(notice).toBeEmpty();
    await ada.leaves();
    await expect(ada.page.getByText(welcome.second)).toBeVisible();

    // The stored version is the new one, too.
    await server.kill();
    await ada.reloads();
    await expect(ada.page.getByText(welcome.second)).toBeVisible();
    expect(ada.troubles).toEqual([]);
  } finally {
    await ada.goes();
    await server.dispose();
    await deployment.dispose();
  }
});
