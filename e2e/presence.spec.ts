import { test } from "./fixture.ts";

/** A page that went away stays listed for 10 s (SPEC P4); the rest is for the browsers. */
const AFTER_GRACE_MS = 20_000;

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
