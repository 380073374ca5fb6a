import type { Locator } from "@playwright/test";
import { PlainClient } from "@parley/testkit/plain-client";
import { expect, test } from "./fixture.ts";
import { lineOf } from "./message-actions.ts";
import type { Person } from "./people.ts";

const DAY_MS = 24 * 60 * 60_000;

/** The names above groups of messages; one's own groups have none. */
function groupNames({ messages }: Person): Locator {
  return messages.locator("article header bdi");
}

const dayLine = ({ messages }: Person, day: string) =>
  messages.getByRole("heading", { name: day, exact: true });

/** How a member is distinguished, in a row of the log or in the list of members. */
interface Look {
  readonly tag: string | null;
  readonly initials: string | null;
  readonly hue: string;
}

async function lookIn(place: Locator): Promise<Look> {
  const avatar = place.locator("[aria-hidden=true][style*='--hue']");
  const tag = place.getByText(/^#\w+$/);
  await expect(tag).toBeVisible();
  return {
    tag: await tag.textContent(),
    initials: await avatar.textContent(),
    hue: await avatar.evaluate((element) =>
      (element as HTMLElement).style.getPropertyValue("--hue"),
    ),
  };
}

/** How the authors of these messages look in the log. */
async function looksInLog(person: Person, ...texts: string[]): Promise<Look[]> {
  return Promise.all(texts.map((text) => lookIn(lineOf(person, text))));
}

test("messages of one author are grouped, under their day and with their full time", async ({
  meet,
  room,
  server,
}) => {
  const ben = await PlainClient.join(server.socketUrl, room, "Ben");
  const ada = await meet("Ada");
  await ada.join(room);
  ben.send("chat", { message: "First" });
  ben.send("chat", { message: "Second" });
  await ada.sees("Second");
  await ada.say("Third");
  for (let heard = 1; heard <= 3; heard += 1) await ben.next("chat");
  ben.send("chat", { message: "Fourth" });
  await ada.seesInOrder("Today", "First", "Second", "Third", "Fourth");
  await expect(groupNames(ada)).toHaveText(["Ben", "Ben"]);
  await expect(lineOf(ada, "First").getByText("Ben")).toBeVisible();
  await expect(lineOf(ada, "Second").getByText("Ben")).toHaveCount(0);
  await expect(lineOf(ada, "Fourth").getByText("Ben")).toBeVisible();
  await expect(dayLine(ada, "Today")).toHaveCount(1);

  const date = new Date().toLocaleDateString("en-US", { dateStyle: "full" });
  const time = lineOf(ada, "Second").locator("time");
  await expect(lineOf(ada, "Second").locator("[title]")).toHaveAttribute(
    "title",
    new RegExp(`${date}.+\\d:\\d\\d:\\d\\d`),
  );
  await expect(time).toBeVisible();

  // For a member who joins a day later.
  const cleo = await meet("Cleo");
  await cleo.page.clock.setFixedTime(Date.now() + DAY_MS);
  await cleo.join(room);
  await cleo.seesInOrder("Yesterday", "First", "Second", "Third", "Fourth");
  await expect(dayLine(cleo, "Yesterday")).toHaveCount(1);
  await expect(dayLine(cleo, "Today")).toHaveCount(0);
  await expect(groupNames(cleo)).toHaveText(["Ben", "Ada", "Ben"]);
});

test("joining and leaving fold into one note that names each member once", async ({
  meet,
  room,
  server,
}) => {
  const dan = await PlainClient.join(server.socketUrl, room, "Dan");
  dan.send("chat", { message: "Anybody here?" });
  await dan.next("chat");
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.sees("Anybody here?");

  const ben = await PlainClient.connect(server.socketUrl);
  ben.send("join", { roomId: room, name: "Ben" });
  const { token } = await ben.next("joined");
  ben.send("leave", {});
  ben.send("join", { roomId: room, name: "Ben", token });
  await ben.next("joined");
  ben.send("leave", {});
  await PlainClient.join(server.socketUrl, room, "Cleo");
  await expect(ada.messages.getByText(/came|left/)).toHaveText([
    "Cleo came in · Ben came and left",
  ]);

  // A message ends that note.
  dan.send("chat", { message: "Hello, Cleo" });
  await ada.sees("Hello, Cleo");
  ben.send("join", { roomId: room, name: "Ben", token });
  await expect(ada.messages.getByText(/came|left/)).toHaveText([
    "Cleo came in · Ben came and left",
    "Ben came in",
  ]);
});

test("two members with one name can be distinguished, and look the same everywhere and after a reload", async ({
  meet,
  room,
  server,
}) => {
  const ada = await meet("Ada");
  await ada.join(room);
  const bens: PlainClient[] = [];
  for (const message of ["From the one", "From the other"]) {
    const ben = await PlainClient.join(server.socketUrl, room, "Ben");
    ben.send("chat", { message });
    await ben.next("chat");
    bens.push(ben);
  }
  const looks = await looksInLog(ada, "From the one", "From the other");
  expect(new Set(looks.map(({ tag }) => tag)).size).toBe(2);
  for (const { initials, hue } of looks) {
    expect(initials).toBe("B");
    expect(hue).toMatch(/^\d+$/);
  }

  await ada.page.getByRole("button", { name: "3 people" }).click();
  const people = ada.page.getByRole("list", { name: "People" });
  const listed = people.getByRole("listitem").filter({ hasText: "Ben" });
  await expect(listed).toHaveCount(2);
  const inList = await Promise.all([lookIn(listed.first()), lookIn(listed.last())]);
  expect(inList).toEqual(expect.arrayContaining(looks));

  const cleo = await meet("Cleo");
  await cleo.join(room);
  // Each browser gives hues by whom it met first.
  expect(await looksInLog(cleo, "From the one", "From the other")).toEqual(
    looks.map((look) => ({ ...look, hue: expect.stringMatching(/^\d+$/) as unknown })),
  );
  await ada.reloads();
  expect(await looksInLog(ada, "From the one", "From the other")).toEqual(looks);

  bens[0]?.close();
  await ada.seesCount(3);
  await expect(ada.messages.getByText(/^#\w+$/)).toHaveCount(0);
  await expect(groupNames(ada).first()).toHaveAttribute("title", `Ben ${looks[0]?.tag}`);
});
