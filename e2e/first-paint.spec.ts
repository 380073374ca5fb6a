import type { Page } from "@playwright/test";
import { expect, test } from "./fixture.ts";

for (const colorScheme of ["light", "dark"] as const) {
  test(`the page shows its mark before its styles and scripts are there, ${colorScheme}`, async ({
    meet,
  }) => {
    const ada = await meet("Ada", { colorScheme });
    const { page } = ada;
    let open = () => undefined as void;
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    await page.route("**/assets/**", async (route) => {
      await opened;
      await route.continue();
    });
    await page.goto("/", { waitUntil: "commit" });
    const mark = page.locator("#root svg");
    await expect(mark).toBeInViewport({ ratio: 1 });
    const painted = () => page.evaluate(() => performance.getEntriesByName("first-paint").length);
    await expect.poll(painted).toBe(1);
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).background);
    const before = await ground();
    open();
    await expect(ada.roomCode).toBeVisible();
    await expect(mark.and(page.locator(".shell svg"))).toHaveCount(0);
    expect(await ground()).toBe(before);
    const body = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(before).toContain(body);
  });
}

/** Holds back the scripts of the app until the returned function is called. */
async function holdScripts(page: Page): Promise<() => void> {
  const { promise: released, resolve } = Promise.withResolvers<void>();
  await page.route("**/assets/*.js", async (route) => {
    await released;
    await route.continue();
  });
  return resolve;
}

test("a first visitor types before the app is there, and goes on in the same place", async ({
  meet,
}) => {
  const { page, yourName, roomCode } = await meet("Ada", { serviceWorkers: "block" });
  const release = await holdScripts(page);
  await page.goto("/", { waitUntil: "commit" });
  await expect(yourName).toBeFocused();
  await page.keyboard.type("Grace");
  await page.keyboard.press("ArrowLeft");
  await roomCode.fill("https://chat.example/r/7k3-f9qd-2xm");
  await yourName.focus();
  release();
  // The app takes the code out of the link.
  await expect(roomCode).toHaveValue("7k3-f9qd-2xm");
  await expect(page.getByRole("button", { name: "Join room" })).toBeVisible();
  await expect(yourName).toBeFocused();
  await page.keyboard.type("X");
  await expect(yourName).toHaveValue("GracXe");
});

test("a form that is sent before the app is there opens the room", async ({ meet, room }) => {
  const ada = await meet("Ada", { serviceWorkers: "block" });
  const release = await holdScripts(ada.page);
  await ada.page.goto("/", { waitUntil: "commit" });
  await ada.yourName.fill("Ada");
  await ada.roomCode.fill(room);
  await ada.roomCode.press("Enter");
  await expect(ada.roomCode).toHaveValue(room);
  release();
  await ada.isInRoom();
  await ada.say("hello");
});

test("a form that is sent early without a name waits for the user to choose one", async ({
  meet,
  room,
}) => {
  const ada = await meet("Grace", { serviceWorkers: "block" });
  const release = await holdScripts(ada.page);
  await ada.page.goto("/", { waitUntil: "commit" });
  await ada.roomCode.fill(room);
  await ada.roomCode.press("Enter");
  release();
  // One is proposed.
  await expect(ada.yourName).not.toHaveValue("");
  await ada.yourName.fill("Grace");
  await expect(ada.page).toHaveURL("/");
  await ada.yourName.press("Enter");
  await ada.isInRoom();
});

test("a visitor who is remembered is shown no start page but their own", async ({ meet }) => {
  const { page, yourName } = await meet("Ada", { serviceWorkers: "block" });
  await page.addInitScript(() => localStorage.setItem("parley.name", "Ada"));
  const release = await holdScripts(page);
  await page.goto("/", { waitUntil: "commit" });
  // It is decided which page is shown.
  await page.waitForFunction(() => document.readyState === "interactive");
  await expect(page.locator(".shell svg")).toBeVisible();
  await expect(yourName).toHaveCount(0);
  release();
  await expect(yourName).toHaveValue("Ada");
});

test("the room's file is asked for with the page's own where the name is known", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada", { serviceWorkers: "block" });
  await ada.page.addInitScript(() => localStorage.setItem("parley.name", "Ada"));
  const asked: string[] = [];
  await ada.page.route("**/assets/**", (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  await ada.page.goto(`/r/${room}`, { waitUntil: "commit" });
  // No script of the app has run.
  await expect.poll(() => asked.some((url) => /\/room-[\w-]+\.js$/.test(url))).toBe(true);
  ada.troubles.length = 0;
});

test("a room is drawn before the parts around it are asked for, and these are one file", async ({
  meet,
  room,
}) => {
  const ben = await meet("Ben");
  await ben.join(room);
  await ben.say("hello");
  const ada = await meet("Ada", { serviceWorkers: "block" });
  await ada.page.addInitScript(() => localStorage.setItem("parley.name", "Ada"));
  const asked: string[] = [];
  let askedBeforeJoin: string[] | undefined;
  await ada.page.routeWebSocket("**/ws*", (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((frame) => {
      askedBeforeJoin ??= [...asked];
      server.send(frame);
    });
  });
  const opened = Promise.withResolvers<void>();
  await ada.page.route("**/assets/*.js", async (route) => {
    const file = new URL(route.request().url()).pathname.replace(/.*\/(.*)-.*/, "$1");
    asked.push(file);
    if (file === "around") await opened.promise;
    await route.continue();
  });
  await ada.page.goto(`/r/${room}`);
  await ada.sees("hello");
  await ada.seesCount(2);
  // The last one fetches the whole app, to open without a network.
  expect(askedBeforeJoin).toContain("room");
  expect(askedBeforeJoin).not.toContain("around");
  expect(askedBeforeJoin).not.toContain("update-notice");
  await expect.poll(() => asked).toContain("around");
  await expect.poll(() => asked).toContain("update-notice");
  const bell = ada.page.getByRole("button", { name: "Notifications" });
  await expect(bell).toHaveCount(0);
  opened.resolve();
  await expect(bell).toBeVisible();
  await ada.page.waitForLoadState("networkidle");
  expect(asked.length, asked.join(", ")).toBeLessThanOrEqual(8);
});

test("what stands around a room is fetched again after its request was lost", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada", { serviceWorkers: "block" });
  await ada.page.route("**/assets/around*", (route) => route.abort(), { times: 1 });
  const lost = ada.page.waitForEvent("requestfailed");
  await ada.join(room);
  await lost;
  await expect(ada.page.getByRole("button", { name: "Notifications" })).toBeVisible();
});

for (const [what, makeOld] of [
  ["Promise.withResolvers", () => Reflect.deleteProperty(Promise, "withResolvers")],
  ["light-dark()", () => (CSS.supports = () => false)],
] as const) {
  test(`a browser without ${what} is told to be too old`, async ({ meet, room }) => {
    const { page, composer, roomCode } = await meet("Ada", { serviceWorkers: "block" });
    await page.addInitScript(makeOld);
    await page.addInitScript(() => localStorage.setItem("parley.name", "Ada"));
    for (const address of ["/", `/r/${room}`]) {
      await page.goto(address, { waitUntil: "networkidle" });
      await expect(page.getByRole("alert")).toContainText("This browser is too old for Parley.");
      await expect(roomCode.or(composer)).toHaveCount(0);
    }
  });
}

test("a room's socket is opened while the app is fetched, and the app talks over it", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada", { serviceWorkers: "block" });
  const { page } = ada;
  await page.addInitScript(() => localStorage.setItem("parley.name", "Ada"));
  const sockets: string[] = [];
  page.on("websocket", (socket) => sockets.push(socket.url()));
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  await page.route("**/assets/**", async (route) => {
    await opened;
    await route.continue();
  });
  // In capitals: the room is the same, and so is its shard.
  await page.goto(`/r/${room.toUpperCase()}`, { waitUntil: "commit" });
  await expect.poll(() => sockets).toHaveLength(1);
  open();
  await ada.isInRoom();
  await ada.say("over the first");
  await ada.hasSentAll();
  expect(sockets).toHaveLength(1);
});
