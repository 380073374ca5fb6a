import { expect, test } from "./line-fixture.ts";
import type { Noting } from "./page-scripts.ts";

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
  await ada.yourName.fill("Grace");
  await ada.page.getByRole("button", { name: "Save" }).click();

  await ada.seesPeople("Grace", "Ben");
  await ben.seesPeople("Grace", "Ben");
  await expect(ben.messages).toContainText("Ada is now Grace");
  await ada.leaves();
  await expect(ada.yourName).toHaveValue("Grace");
});
