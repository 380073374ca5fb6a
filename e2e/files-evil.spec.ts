import { createServer } from "node:http";
import { newFileId, RoomFiles, type SentFile } from "@parley/testkit/room-files";
import type { BrowserContext, Page } from "@playwright/test";
import { evilFiles, HUGE, PAYLOAD, refusedNames } from "./evil-files.ts";
import { expect, test } from "./fixture.ts";
import { lineOf } from "./message-actions.ts";

/** For all files, on a busy machine. */
const PATIENCE_MS = 300_000;

/** Notes everything that a script could have done. */
function watch(context: BrowserContext): { readonly traces: string[] } {
  const traces: string[] = [];
  context.on("request", (request) => {
    if (request.url().includes("evil-ran")) traces.push(request.url());
  });
  context.on("dialog", (dialog) => {
    traces.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return { traces };
}

/** Opens an address, which may be a download. */
async function open(page: Page, address: string): Promise<void> {
  try {
    await page.goto(address);
  } catch (error) {
    const isDownload = /Download is starting|ERR_ABORTED/.test(String(error));
    if (!isDownload) throw error;
  }
}

/** What is stored in the browser for an origin. */
async function storedFor(page: Page, origin: string): Promise<unknown> {
  await page.goto(`${origin}/about.json`);
  return page.evaluate(() => ({
    cookies: document.cookie,
    local: localStorage.getItem("evil"),
    session: sessionStorage.getItem("evil"),
  }));
}
const NOTHING = { cookies: "", local: null, session: null };

/** Stores all of the files, and says each of them. */
async function sayAll(url: string, room: string): Promise<SentFile[]> {
  const files = new RoomFiles(url, room);
  const sent: SentFile[] = [];
  for (const { what, name, type, bytes } of evilFiles) {
    const file = await files.store(bytes, { name, type });
    await files.say(what, [file]);
    sent.push(file);
  }
  return sent;
}

/** Uses each file wherever a page can use one; gives the addresses of those that ran. */
async function useEverywhere(addresses: readonly string[]): Promise<readonly string[]> {
  const attributes = [
    ["script", "src"],
    ["img", "src"],
    ["video", "src"],
    ["link", "href"],
    ["iframe", "src"],
    ["embed", "src"],
    ["object", "data"],
  ] as const;
  /** These say nothing if they are refused; what comes after them gives them the time. */
  const silent = ["iframe", "embed", "object"];
  const ran: string[] = [];
  for (const address of addresses) {
    const uses = attributes.map(
      ([tag, attribute]) =>
        new Promise<void>((resolve) => {
          const element = document.createElement(tag);
          if (tag === "link") element.setAttribute("rel", "stylesheet");
          element.setAttribute(attribute, address);
          for (const event of ["error", "load", "loadeddata", "loadedmetadata"]) {
            element.addEventListener(event, () => {
              // A style sheet that is refused says "load", too; one that is not leaves a trace.
              if (event === "load" && tag === "script") ran.push(address);
              resolve();
            });
          }
          if (silent.includes(tag)) resolve();
          document.body.append(element);
        }),
    );
    const refused = () => undefined;
    const runs = () => ran.push(address);
    await Promise.all([
      ...uses,
      navigator.serviceWorker.register(address).then(runs, refused),
      import(address).then(runs, refused),
      fetch(address).then((response) => response.arrayBuffer()),
    ]);
    document.body.replaceChildren();
  }
  return ran;
}

test("the traces that are looked for are those that a script leaves", async ({ browser }) => {
  const server = createServer((_, response) => {
    response.setHeader("content-type", "text/html");
    response.end(`<script>${PAYLOAD}</script>`);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  const context = await browser.newContext();
  try {
    const { traces } = watch(context);
    const page = await context.newPage();
    await page.goto(origin);
    expect(await page.evaluate(() => localStorage.getItem("evil"))).toBe("1");
    await expect.poll(() => traces.length).toBeGreaterThanOrEqual(3);
    expect(traces).toContain("dialog: evil");
    expect(await context.cookies()).toMatchObject([{ name: "evil" }]);
  } finally {
    await context.close();
    server.closeAllConnections();
    server.close();
  }
});

test("[B5] an evil file runs nothing when its own address is opened", async ({
  browser,
  server,
  room,
}) => {
  test.setTimeout(PATIENCE_MS);
  expect(evilFiles.length).toBeGreaterThanOrEqual(30);
  const sent = await sayAll(server.url, room);
  const context = await browser.newContext({ acceptDownloads: false });
  const { traces } = watch(context);
  const page = await context.newPage();
  for (const { id, name } of sent) {
    for (const last of [encodeURIComponent(name), "evil.html"]) {
      await open(page, `${server.url}/files/${id}/${last}`);
    }
  }
  expect(await storedFor(page, server.url)).toEqual(NOTHING);
  expect(await context.cookies()).toEqual([]);
  expect(traces).toEqual([]);
  await context.close();
});

test("[B5] an evil file runs nothing wherever a page uses it", async ({
  browser,
  server,
  room,
}) => {
  test.setTimeout(PATIENCE_MS);
  const sent = await sayAll(server.url, room);
  const context = await browser.newContext({ acceptDownloads: false, serviceWorkers: "allow" });
  const { traces } = watch(context);
  const page = await context.newPage();
  // A page of the app's origin without a policy that would forbid anything.
  const plain = { contentType: "text/html", body: "<!doctype html><title>Plain</title>" };
  await page.route("**/plain", (route) => route.fulfill(plain));
  await page.goto(`${server.url}/plain`);
  const addresses = sent.map(({ id }) => `${server.url}/files/${id}/evil.js`);
  expect(await page.evaluate(useEverywhere, addresses)).toEqual([]);
  expect(await storedFor(page, server.url)).toEqual(NOTHING);
  expect(await context.cookies()).toEqual([]);
  expect(traces).toEqual([]);
  await context.close();
});

test("[B5] a room shows evil files, and neither runs them nor hangs", async ({
  meet,
  server,
  room,
}) => {
  test.setTimeout(PATIENCE_MS);
  const ada = await meet("Ada");
  const { traces } = watch(ada.page.context());
  await ada.join(room);
  await sayAll(server.url, room);
  await ada.sees(evilFiles.at(-1)?.what ?? "");
  // All of them are drawn, one after the other.
  for (const { what } of evilFiles.toReversed()) {
    await lineOf(ada, what).scrollIntoViewIfNeeded();
    // Unpacked, it would take 1.6 GB.
    if (what === HUGE) {
      await expect(lineOf(ada, what).getByText("Too many pixels to show")).toBeVisible();
    }
  }
  await ada.say("still here");
  expect(await ada.page.evaluate(() => localStorage.getItem("evil"))).toBeNull();
  expect((await ada.page.context().cookies()).map(({ name }) => name)).not.toContain("evil");
  expect(traces).toEqual([]);
});

test("no file has a name that cannot be seen, or is too long", async ({ server, room }) => {
  const files = new RoomFiles(server.url, room);
  for (const name of refusedNames) {
    const file = { id: newFileId(), name, type: "text/plain", size: 1 };
    await expect(files.begin(file)).rejects.toThrow(/bad_file/);
  }
});
