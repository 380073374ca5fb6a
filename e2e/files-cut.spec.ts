import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Balancer } from "@parley/testkit/balancer";
import { CuttingProxy } from "@parley/testkit/cutting-proxy";
import { RedisServer } from "@parley/testkit/redis-server";
import { makeTemporaryFolder, removeTemporaryFolder } from "@parley/testkit/temporary-folder";
import { attach, attachFromDisk, noise, send } from "./files.ts";
import { expect, test } from "./fixture.ts";
import { meetPerson } from "./people.ts";
import { startServer } from "./server.ts";

const SIZE = 25_000_000;
/** A connection is cut after this many bytes. */
const CUT_AFTER = 300_000;
/** A bound of a hang, in ms: a busy machine may take long for so many bytes. */
const UPLOADED_WITHIN_MS = 240_000;

test("[B1] [B5] 25 MB arrive whole over connections that are cut, though a server is killed", async ({
  browser,
  room,
}) => {
  const [redis, folder, given] = await Promise.all([
    RedisServer.start(),
    makeTemporaryFolder("files"),
    makeTemporaryFolder("given"),
  ]);
  const env = { REDIS_URL: redis.url, FILES: folder };
  const [one, two] = await Promise.all([startServer({ env }), startServer({ env })]);
  const balancer = await Balancer.start([one.port, two.port]);
  const line = await CuttingProxy.start(Number(new URL(balancer.url).port), CUT_AFTER);
  const ada = await meetPerson(browser, line.url, "Ada");
  try {
    await ada.join(room);
    const bytes = noise(SIZE);
    const path = join(given, "all.bin");
    await writeFile(path, bytes);
    await attachFromDisk(ada.page, path);
    const before = line.bytes;
    await ada.page.getByRole("button", { name: "Send", exact: true }).click();
    const bar = ada.page.getByRole("progressbar", { name: "Upload of all.bin" });
    await expect
      .poll(async () => Number(await bar.getAttribute("value")), { timeout: UPLOADED_WITHIN_MS })
      .toBeGreaterThan(SIZE / 3);
    await one.kill();
    const link = ada.messages.getByRole("link", { name: "Download all.bin" });
    await expect(link).toBeVisible({ timeout: UPLOADED_WITHIN_MS });
    console.log(`Bytes on the wire: ${((line.bytes - before) / SIZE).toFixed(3)} times`);
    expect((line.bytes - before) / SIZE).toBeLessThanOrEqual(1.15);
    const address = (await link.getAttribute("href")) ?? "";
    const stored = await (await fetch(new URL(address, two.url))).arrayBuffer();
    const sha256 = (of: Uint8Array) => createHash("sha256").update(of).digest("hex");
    expect(sha256(new Uint8Array(stored))).toBe(sha256(bytes));
  } finally {
    await ada.goes();
    await line.close();
    await balancer.close();
    await Promise.all([one.dispose(), two.dispose()]);
    await redis.stop();
    await Promise.all([folder, given].map((each) => removeTemporaryFolder(each)));
  }
});

test("a message that waits for its files stays in the box if another room is shown meanwhile", async ({
  meetInRoom,
  room,
}) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ada.joinsAnother(`${room}-two`);
  await ada.page.goBack();
  await ada.page.goBack();
  await ada.isInRoom();
  const limits = Promise.withResolvers<void>();
  await ada.page.route("**/about.json", async (route) => {
    await limits.promise;
    await route.continue();
  });
  await ada.composer.fill("the first text");
  const note = { name: "note.txt", mimeType: "text/plain", buffer: Buffer.from("hello") };
  await attach(ada.page, note);
  await ada.composer.press("Enter");
  await ada.page.locator(`a[href="/r/${room}-two"]`).first().click();
  await expect(ada.composer).toHaveValue("");
  await ada.page.locator(`a[href="/r/${room}"]`).first().click();
  await expect(ada.composer).toHaveValue("the first text");
  await ada.composer.fill("another text");
  const answered = ada.page.waitForResponse("**/about.json");
  limits.resolve();
  await (await answered).finished();
  await ben.say("hello");
  await ada.sees("hello");
  await send(ada);
  await ben.sees("another text");
  await ben.doesNotSee("the first text");
  await expect(ben.messages.getByText("note.txt")).toBeVisible();
  await expect(ada.composer).toHaveValue("");
});
