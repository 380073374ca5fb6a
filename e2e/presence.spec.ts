import { expect, test } from "./line-fixture.ts";
import type { Noting } from "./page-scripts.ts";
import { refusesName } from "./refused-name.ts";

/** A closed page stays listed for 10 s (SPEC P4); the rest is for the browsers. */
const AFTER_GRACE_MS = 60_000;
/** How long the cut lasts by the clock of the page, in ms. */
const CUT_MS = 900;

test("[P4] a member who leaves is off the list at once, and the count falls", async ({
  meetInRoom,
}) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ada.seesCount(2);
  await ada.seesPeople("Ada", "Ben");

  await ben.leaves();
  await ada.seesCount(1);
  await ada.seesPeople("Ada");
});

test("[P4] a member whose browser is closed is off the list after a while", async ({
  meetInRoom,
}) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ada.seesCount(2);

  await ben.goes();
  await ada.seesCount(1, AFTER_GRACE_MS);
});

test("[P1] two tabs of one browser are one member", async ({ meetInRoom }) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ada.seesCount(2);

  const other = await ada.opensAnotherTab();
  await other.isInRoom();
  await other.say("From my other tab");
  await ben.sees("From my other tab");
  await ada.sees("From my other tab");
  await ben.seesCount(2);
  await ben.seesPeople("Ada", "Ben");
});

test("[P1] [P3] a reload keeps the member, and nobody sees a ghost", async ({ meetInRoom }) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ada.say("Before");
  await ben.sees("Before");

  await ada.reloads();
  await ada.isInRoom();
  await ada.sees("Before");
  await ada.say("After");
  await ben.sees("After");
  await ben.seesCount(2);
  await ben.seesPeople("Ada", "Ben");
  await ada.seesPeople("Ada", "Ben");
});

test("[P1] a cut of less than a second is shown to nobody, on either side", async ({
  meet,
  room,
  line,
  ada,
}) => {
  await ada.page.addInitScript(letACutLast, CUT_MS);
  const ben = await meet("Ben");
  await ada.join(room);
  await ben.join(room);
  await ada.seesCount(2);

  line.reset();
  await ben.say("Did you notice?");
  await ada.sees("Did you notice?");
  await ada.say("Notice what?");
  await ben.sees("Notice what?");

  const shown = await ada.page.evaluate(() => (window as Noting).shownTexts ?? []);
  expect(shown.join("\n")).not.toMatch(/Reconnecting|Back online/);
  await expect(ben.messages).not.toContainText(/left|came/);
  await ben.seesCount(2);
});

/**
 * Stops the clock of the page when its socket is closed, and sets it ahead after the client noticed:
 * by this clock, the cut takes the same time on every machine.
 */
function letACutLast(cutMs: number): void {
  // The first try comes after the cut was noted, and before the clock is as far as it goes.
  Math.random = () => 0.2;
  const clock = performance.now.bind(performance);
  let stoppedAt: number | undefined;
  performance.now = () => stoppedAt ?? clock();
  const Real = WebSocket;
  window.WebSocket = class extends Real {
    constructor(...args: ConstructorParameters<typeof Real>) {
      super(...args);
      this.addEventListener("close", () => {
        const closedAt = performance.now();
        stoppedAt = closedAt;
        setTimeout(() => {
          stoppedAt = closedAt + cutMs;
        });
      });
    }
  };
}

test("a new name is shown to the others, and remembered", async ({ meetInRoom }) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ada.seesPeople("Ada", "Ben");
  await ada.page.getByRole("button", { name: "Change your name" }).click();
  await expect(ada.yourName).toBeFocused();
  // Typing replaces the old name.
  await ada.page.keyboard.type("Grace");
  await ada.page.getByRole("button", { name: "Save" }).click();

  await ada.seesPeople("Grace", "Ben");
  await ben.seesPeople("Grace", "Ben");
  await expect(ben.messages).toContainText("Ada is now Grace");
  await ada.leaves();
  await expect(ada.yourName).toHaveValue("Grace");
});

for (const way of ["the list of people", "/name"] as const) {
  test(`a new name that waits for the connection is shown, by ${way}`, async ({
    room,
    line,
    ada,
  }) => {
    await ada.join(room);
    await ada.seesPeople("Ada");
    line.cut();
    await ada.seesReconnecting();
    if (way === "/name") await ada.say("/name Grace");
    else {
      await ada.page.getByRole("button", { name: "Change your name" }).click();
      await ada.yourName.fill("Grace");
      await ada.page.getByRole("button", { name: "Save" }).click();
    }
    const news = ada.page.getByText("You are Grace once you are connected.");
    await expect(news).toHaveCount(2);
    await expect(news.first()).toBeVisible();
    line.mend();
    await ada.seesPeople("Grace");
    await expect(news).toHaveCount(0);
  });
}

test("a refused name is named, and can be tried again", async ({ meet, room }) => {
  const ada = await meet("Ada", { viewport: { width: 390, height: 844 } });
  const answer = await refusesName(ada, {
    code: "rate_limited",
    message: "Too fast.",
    temporary: true,
  });
  await ada.join(room);
  await ada.seesPeople("Ada");
  const drawer = ada.page.getByRole("dialog");
  await ada.page.getByRole("button", { name: "Change your name" }).click();
  await ada.yourName.fill("Grace");
  await ada.page.getByRole("button", { name: "Save" }).click();
  await expect(drawer.getByText("Changing your name to Grace…")).toBeVisible();
  answer();
  const why = "Your name was not changed to Grace. Too fast.";
  await expect(drawer.getByText(why)).toBeVisible();
  await ada.hidesPeople();
  await expect(ada.page.getByRole("alert").getByText(why)).toBeVisible();
  await ada.page.getByRole("button", { name: "Retry" }).click();
  await expect(ada.page.getByText(why)).toHaveCount(0);
  await ada.seesPeople("Grace");
});
