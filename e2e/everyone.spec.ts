import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "./fixture.ts";
import type { Person } from "./people.ts";

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on the join screen, ${colorScheme}`, async ({ meet }) => {
    const ada = await meet("Ada", { colorScheme });
    await ada.page.goto("/");
    await expect(ada.roomCode).toBeVisible();
    expect(await violations(ada)).toEqual([]);

    await ada.page.getByRole("button", { name: "Join room" }).click();
    await expect(ada.page.locator("[aria-invalid=true]").first()).toBeVisible();
    expect(await violations(ada)).toEqual([]);
  });

  test(`axe finds nothing in a room, ${colorScheme}`, async ({ meet, room }) => {
    const ada = await meet("Ada", { colorScheme });
    const ben = await meet("Ben");
    await ada.join(room);
    expect(await violations(ada)).toEqual([]);

    await ben.join(room);
    await ada.say("How does it read?");
    await ben.say("Well enough: https://example.org");
    await ada.seesCount(2);
    await ada.sees("How does it read?");
    await ada.seesPeople("Ada", "Ben");
    expect(await violations(ada)).toEqual([]);
  });

  test(`axe finds nothing while the server is away, ${colorScheme}`, async ({
    meet,
    room,
    server,
  }) => {
    const ada = await meet("Ada", { colorScheme });
    await ada.join(room);
    await ada.say("Said in time");
    await ada.sees("Said in time");

    await server.kill();
    await ada.seesReconnecting();
    await ada.say("Queued meanwhile");
    expect(await violations(ada)).toEqual([]);
  });
}

/** What axe has to say, with the elements it means; animations are over by then. */
async function violations({ page }: Person): Promise<string[]> {
  await page.evaluate(() =>
    Promise.allSettled(document.getAnimations().map((animation) => animation.finished)),
  );
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
}
