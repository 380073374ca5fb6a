import { expect, test } from "./fixture.ts";
import { axeFindings } from "./axe.ts";
import type { Person } from "./people.ts";

/** Waits until the header says so. */
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

test("[G1] a name and a topic stand in the header, the log, the tab and the recent rooms", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada");
  const ben = await meet("Ben");
  await ada.join(room);
  await ben.join(room);
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

test("the form tells at the field what is wrong, and Escape gives up", async ({ meet, room }) => {
  const ada = await meet("Ada");
  const ben = await meet("Ben");
  await ada.join(room);
  await ben.join(room);
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
