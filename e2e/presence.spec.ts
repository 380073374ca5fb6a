import { expect, test } from "./line-fixture.ts";

/** A page that went away stays listed for 10 s (SPEC P4); the rest is for the browsers. */
const AFTER_GRACE_MS = 20_000;
/** After a cut that lasts so long, in ms, something would be said of it. */
const TOLD_AFTER_MS = 2_500;

test("[P4] who leaves is off the list at once, and the count falls", async ({ meet, room }) => {
  const ada = await meet("Ada");
  const ben = await meet("Ben");
  await ada.join(room);
  await ben.join(room);
  await ada.seesCount(2);
  await ada.seesPeople("Ada", "Ben");

  await ben.leaves();
  await ada.seesCount(1);
  await ada.seesPeople("Ada");
});

test("[P4] whose browser is closed is off the list after a while", async ({ meet, room }) => {
  test.setTimeout(30_000 + AFTER_GRACE_MS);
  const ada = await meet("Ada");
  const ben = await meet("Ben");
  await ada.join(room);
  await ben.join(room);
  await ada.seesCount(2);

  await ben.goes();
  await ada.seesCount(1, AFTER_GRACE_MS);
});

test("[P1] two tabs of one browser are one person", async ({ meet, room }) => {
  const ada = await meet("Ada");
  const ben = await meet("Ben");
  await ada.join(room);
  await ben.join(room);
  await ada.seesCount(2);

  const other = await ada.opensAnotherTab();
  await other.isInRoom();
  await other.say("From my other tab");
  await ben.sees("From my other tab");
  await ada.sees("From my other tab");
  await ben.seesCount(2);
  await ben.seesPeople("Ada", "Ben");
});

test("[P1] [P3] a reload keeps the person, and nobody meets a ghost", async ({ meet, room }) => {
  const ada = await meet("Ada");
  const ben = await meet("Ben");
  await ada.join(room);
  await ben.join(room);
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

test("[P1] a cut that is mended within a second is told to nobody, on either side", async ({
  meet,
  room,
  line,
  ada,
}) => {
  // Middling waits: the first ends 0.25 s after the cut, the second 0.5 s later.
  await ada.page.addInitScript("Math.random = () => 0.5");
  const ben = await meet("Ben");
  await ada.join(room);
  await ben.join(room);
  await ada.seesCount(2);
  const connection = ada.page.getByRole("status", { name: "Connection" });
  await connection.evaluate((status) => {
    const note = () => (status.dataset["told"] = "yes");
    new MutationObserver(note).observe(status, { childList: true });
  });

  const firstTry = ada.page.waitForEvent("websocket");
  const watched = new Promise((resolve) => {
    setTimeout(resolve, TOLD_AFTER_MS);
  });
  line.cut();
  await firstTry;
  line.mend();
  await ben.say("Did you notice?");
  await ada.sees("Did you notice?");
  await ada.say("Notice what?");
  await ben.sees("Notice what?");
  await watched;
  await expect(connection).not.toHaveAttribute("data-told");
  await expect(ben.messages).not.toContainText(/left|came/);
  await ben.seesCount(2);
});

test("another name is told to the others, and remembered", async ({ meet, room }) => {
  const ada = await meet("Ada");
  const ben = await meet("Ben");
  await ada.join(room);
  await ben.join(room);
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
