import { expect, test } from "./fixture.ts";
import { lineOf } from "./message-actions.ts";

test("[D1] [O2] two members chat both ways, and each sees every message once", async ({
  meetInRoom,
}) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ada.seesCount(2);

  await ada.say("Good morning");
  await ben.sees("Good morning");
  await ben.say("Morning, Ada");
  await ada.sees("Morning, Ada");
  await ada.sees("Good morning");
  await ben.sees("Morning, Ada");
  for (const [person, text] of [
    [ada, "Good morning"],
    [ben, "Morning, Ada"],
  ] as const) {
    await expect(person.messages.getByRole("img", { name: "Sent" })).toHaveCount(1);
    await expect(lineOf(person, text).getByRole("img", { name: "Sent" })).toBeVisible();
  }
});

test("a third member in another room receives nothing", async ({ meet, room }) => {
  const ada = await meet("Ada");
  const ben = await meet("Ben");
  const cleo = await meet("Cleo");
  await ada.join(room);
  await ben.join(room);
  await cleo.join(`${room}-other`);

  await ada.say("For this room only");
  await ben.sees("For this room only");
  await cleo.say("Is anybody here?");
  await cleo.sees("Is anybody here?");
  await cleo.doesNotSee("For this room only");
  await cleo.seesCount(1);
  await ben.say("Nobody asked");
  await ada.sees("Nobody asked");
  await ada.doesNotSee("Is anybody here?");
});

test("a room code is matched without regard to case", async ({ meet, room }) => {
  const ada = await meet("Ada");
  const ben = await meet("Ben");
  await ada.join(room.toLowerCase());
  await ben.join(room.toUpperCase());

  await ben.say("Same room");
  await ada.sees("Same room");
});

test("a later member reads the earlier messages", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.say("Written to nobody yet");
  await ada.sees("Written to nobody yet");

  const ben = await meet("Ben");
  await ben.join(room);
  await ben.sees("Written to nobody yet");
});

for (const text of ["<img src=x onerror=alert(1)>", "<script>alert(1)</script>"]) {
  test(`${text} in a message stays text`, async ({ meetInRoom }) => {
    const [ada, ben] = await meetInRoom("Ada", "Ben");

    await ada.say(text);
    await ben.sees(text);
    await ada.sees(text);
    await ben.say("It is only text");
    await ada.sees("It is only text");
  });
}
