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
