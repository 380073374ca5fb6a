import { PlainClient } from "@parley/testkit/plain-client";
import { expect, test } from "./fixture.ts";
import { axeFindings } from "./axe.ts";
import { chooses } from "./message-actions.ts";
import type { Person } from "./people.ts";

/** After this many messages, the first one is no longer in the first window. */
const FILLING = 60;

/** Waits until the header shows this name and code. */
async function seesName({ page }: Person, name: string, code: string): Promise<void> {
  const title = page.getByRole("button", { name: `Copy room code ${code}` });
  await expect(title).toContainText(name);
  await expect(title).toContainText(code);
  await expect(page).toHaveTitle(`${name} · Parley`);
}

const formOf = ({ page }: Person) => page.getByRole("dialog", { name: "Name and topic" });
const fieldOf = (person: Person, name: "Name" | "Topic") =>
  formOf(person).getByRole("textbox", { name });

/** Opens the form for the name and the topic, by keyboard. */
async function opensForm(person: Person): Promise<void> {
  await person.page.getByRole("button", { name: "Edit name and topic" }).press("Enter");
  await expect(fieldOf(person, "Name")).toBeFocused();
}

async function saves(person: Person, name: string, topic: string): Promise<void> {
  await opensForm(person);
  await fieldOf(person, "Name").fill(name);
  await fieldOf(person, "Topic").fill(topic);
  await fieldOf(person, "Topic").press("Enter");
  await expect(formOf(person)).toBeHidden();
}

test("[G1] a name and a topic are shown in the header, the log, the tab and the recent rooms", async ({
  meetInRoom,
  room,
}) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ada.say("Good morning");
  await ben.sees("Good morning");
  await saves(ada, "Standup", "What we do today");

  const seesAll = async (person: Person) => {
    await seesName(person, "Standup", room);
    await expect(person.page.getByRole("banner")).toContainText("What we do today");
    await expect(person.messages).toContainText("Ada named the room Standup");
    await expect(person.messages).toContainText("Ada set the topic to What we do today");
  };
  await seesAll(ada);
  await seesAll(ben);
  expect(await axeFindings(ben)).toEqual([]);
  await ben.reloads();
  await seesAll(ben);
  await ben.leaves();
  await expect(ben.page.getByRole("link", { name: `Standup ${room}` })).toBeVisible();

  await saves(ada, "", "What we do today");
  await expect(ada.messages).toContainText("Ada removed the room’s name");
  await expect(ada.page).toHaveTitle(`${room} · Parley`);
});

test("a long topic opens as a whole, by finger and by key, with its addresses as links", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada");
  await ada.join(room);
  const address = "https://example.org/the/plan";
  await saves(ada, "Standup", `${"What we do today and who does it. ".repeat(5)}${address}`);
  const ben = await meet("Ben", {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  await ben.follows(room);
  const topicOf = ({ page }: Person) => page.getByRole("button", { name: /^Topic: What we do/ });
  const wholeOf = ({ page }: Person) => page.getByRole("dialog", { name: "Topic" });
  await topicOf(ben).tap();
  await expect(wholeOf(ben).getByRole("link", { name: address })).toBeInViewport();
  await expect(wholeOf(ben).getByRole("link")).toHaveAttribute("href", address);
  await expect(wholeOf(ben)).toContainText("What we do today");
  expect(await axeFindings(ben)).toEqual([]);
  await ben.page.touchscreen.tap(195, 400);
  await expect(wholeOf(ben)).toBeHidden();

  await topicOf(ada).press("Enter");
  await expect(wholeOf(ada).getByRole("link", { name: address })).toBeVisible();
  expect(await axeFindings(ada)).toEqual([]);
  await ada.page.keyboard.press("Escape");
  await expect(topicOf(ada)).toBeFocused();
});

test("the form reports a problem at the field, and Escape cancels", async ({
  meetInRoom,
  room,
}) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ada.say("Good morning");
  await opensForm(ada);
  await fieldOf(ada, "Name").fill("x".repeat(61));
  await expect(fieldOf(ada, "Name")).toHaveAccessibleDescription(/60 characters at most/);
  await fieldOf(ada, "Name").press("Enter");
  await expect(formOf(ada)).toBeVisible();
  expect(await axeFindings(ada)).toEqual([]);
  await fieldOf(ada, "Name").press("Escape");
  await expect(formOf(ada)).toBeHidden();
  await expect(ada.page.getByRole("button", { name: "Edit name and topic" })).toBeFocused();

  await opensForm(ada);
  await saves(ben, "Bees", "");
  await expect(ada.messages).toContainText("Ben named the room Bees");
  await fieldOf(ada, "Name").fill("Ants");
  await fieldOf(ada, "Name").press("Enter");
  await expect(fieldOf(ada, "Name")).toHaveAccessibleDescription(/changed it to “Bees”/);
  await fieldOf(ada, "Name").press("Enter");
  await seesName(ben, "Ants", room);
});

test("text that is selected beyond the edge of its dialog stays, and a click there closes it", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await opensForm(ada);
  const name = fieldOf(ada, "Name");
  await name.fill("Standup");
  const { mouse } = ada.page;
  const { x = 0, y = 0 } = (await name.boundingBox()) ?? {};
  await mouse.move(x + 60, y + 10);
  await mouse.down();
  await mouse.move(10, y + 10, { steps: 3 });
  await mouse.up();
  await expect(name).toHaveValue("Standup");
  await mouse.click(10, y + 10);
  await expect(formOf(ada)).toBeHidden();
});

test("[G1] a pinned message is one click away for everybody, even if it is not loaded", async ({
  meet,
  room,
  server,
}) => {
  const ada = await meet("Ada");
  const ben = await meet("Ben");
  await ada.join(room);
  await ada.say("Lunch at noon");
  await ada.sees("Lunch at noon");
  await chooses(ada, "Lunch at noon", "Pin");
  const barOf = ({ page }: Person) => page.getByRole("region", { name: "Pinned messages" });
  await expect(barOf(ada)).toContainText("Lunch at noon");
  await expect(ada.messages).toContainText("Ada pinned a message");
  expect(await axeFindings(ada)).toEqual([]);

  const other = await PlainClient.join(server.socketUrl, room, "Otto");
  for (let line = 1; line <= FILLING; line += 1) {
    other.send("chat", { message: `Line ${line}` });
    await other.next("chat");
  }
  other.close();
  await ben.join(room);
  await expect(barOf(ben)).toContainText("An earlier message");
  await barOf(ben)
    .getByRole("button", { name: /^Go to the pinned message/ })
    .press("Enter");
  await expect(ben.messages.getByText("Lunch at noon", { exact: true })).toBeInViewport();
  await ben.reloads();
  await barOf(ben).getByRole("button", { name: "Unpin" }).press("Enter");
  await expect(barOf(ben)).toHaveCount(0);
  await expect(barOf(ada)).toHaveCount(0);
});
