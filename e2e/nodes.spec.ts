import { expect, type Locator } from "@playwright/test";
import { test } from "./nodes-fixture.ts";

test("[D1] [D5] [O2] [P1] one of two servers is killed in mid-sentence: nothing but the banner shows", async ({
  meetInRoom,
  meet,
  room,
  nodes,
  balancer,
}) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  expect(balancer.sockets(), "each is on a server of their own").toEqual([1, 1]);
  await ada.seesCount(2);
  await ben.seesCount(2);
  await ada.say("Can you hear me over there?");
  await ben.sees("Can you hear me over there?");
  await ben.say("Every word");
  await ada.sees("Every word");

  const noticed = {
    "Ada sees a banner": wasSeen(ada.status),
    "Ada sees Ben leave": wasSeen(ada.messages.getByText(/\bleft\b/)),
    "Ben sees Ada leave": wasSeen(ben.messages.getByText(/\bleft\b/)),
    "Ada is alone": wasSeen(ada.page.getByRole("button", { name: /\b1 person\b/ })),
    "Ben is alone": wasSeen(ben.page.getByRole("button", { name: /\b1 person\b/ })),
  };
  await ben.composer.pressSequentially("I was just about");
  await expect(ada.page.getByText("Ben is typing")).toBeVisible();
  await Promise.all([
    nodes[1].kill(),
    ben.composer.pressSequentially(" to say that", { delay: 30 }),
    ada.say("Go on"),
  ]);
  await ada.hasSentAll();
  await expect(ben.composer).toBeFocused();
  await expect(ben.composer).toHaveValue("I was just about to say that");
  await ben.composer.press("Enter");
  await ben.say("And one thing more");
  await ada.say("I am listening");

  const said = [
    "Can you hear me over there?",
    "Every word",
    "Go on",
    "I was just about to say that",
    "And one thing more",
    "I am listening",
  ];
  for (const person of [ada, ben]) {
    for (const text of said) await person.sees(text);
    await person.seesInOrder("Can you hear me over there?", "Every word", "Go on");
    await person.seesInOrder("Go on", "I was just about to say that", "And one thing more");
    await person.seesNoReconnecting();
    await person.seesQueued(0);
    await person.seesCount(2);
  }
  expect(balancer.sockets(), "both are on the server that is left").toEqual([2, 0]);
  const order = linesOf(await ada.messages.innerText(), said);
  expect(order).toHaveLength(said.length);
  expect(linesOf(await ben.messages.innerText(), said), "both see the same order").toEqual(order);

  await nodes[1].start();
  const cleo = await meet("Cleo");
  await cleo.join(room);
  expect(balancer.sockets(), "who comes next is on the new one").toEqual([2, 1]);
  await cleo.seesInOrder(...order);
  await cleo.say("Did I miss anything?");
  for (const person of [ada, ben, cleo]) {
    await person.sees("Did I miss anything?");
    await person.seesCount(3);
    await person.seesPeople("Ada", "Ben", "Cleo");
  }
  for (const [what, seen] of Object.entries(noticed)) expect(seen(), what).toBe(false);
});

/** Watches from now on; returns whether something was visible at any moment. */
function wasSeen(locator: Locator): () => boolean {
  let seen = false;
  locator
    .first()
    .waitFor({ timeout: 0 })
    .then(
      () => {
        seen = true;
      },
      // The page was closed, and nothing had been visible.
      () => {},
    );
  return () => seen;
}

/** Those of some texts that are in a log, in the order of the log. */
function linesOf(log: string, texts: readonly string[]): string[] {
  return log.split("\n").filter((line) => texts.includes(line));
}
