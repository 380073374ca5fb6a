import { test } from "./fixture.ts";

test("[D1] [R1] [R2] the server is killed under open pages, and the chat continues", async ({
  meetInRoom,
  meet,
  room,
  server,
}) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ada.say("Before");
  await ben.sees("Before");

  await server.kill();
  await ada.seesReconnecting();
  await ben.seesReconnecting();
  await server.start();
  await ada.seesNoReconnecting();
  await ben.seesNoReconnecting();

  await ada.say("After");
  await ben.sees("After");
  await ben.say("Still here");
  await ada.sees("Still here");
  await ada.seesInOrder("Before", "After", "Still here");
  await ada.seesCount(2);

  const cleo = await meet("Cleo");
  await cleo.join(room);
  await cleo.seesInOrder("Before", "After", "Still here");
});

test("[D5] what is written while the server is away is sent by itself, once, in order", async ({
  meetInRoom,
  server,
}) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ada.seesCount(2);

  await server.kill();
  await ada.seesReconnecting();
  await ada.say("First, while away");
  await ada.say("Second, while away");
  await server.start();

  await ben.sees("Second, while away");
  await ben.sees("First, while away");
  await ada.sees("First, while away");
  await ada.sees("Second, while away");
  await ben.seesInOrder("First, while away", "Second, while away");
  await ada.seesInOrder("First, while away", "Second, while away");
});

test("an orderly restart loses nobody either", async ({ meetInRoom, server }) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ada.seesCount(2);

  await server.stop();
  await server.start();
  await ada.say("Back already");
  await ben.sees("Back already");
});
