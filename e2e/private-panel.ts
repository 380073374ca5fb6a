import { expect } from "@playwright/test";
import type { Person } from "./people.ts";

/** The panel of private messages. */
export const panelOf = ({ page }: Person) => page.locator("[data-private]");
export const boxOf = (person: Person, partner: string) =>
  panelOf(person).getByRole("textbox", { name: `Private message to ${partner}` });
export const conversationOf = (person: Person) =>
  panelOf(person).getByRole("log", { name: "Conversation" });

/** The open conversation, in the place of the room's messages. */
export const privately = (person: Person) => ({
  page: person.page,
  messages: conversationOf(person),
});

/** Opens the conversation with a member from the list of people. */
export async function writesTo(person: Person, partner: string): Promise<void> {
  const list = person.page.getByRole("list", { name: "People" });
  if (!(await list.isVisible()))
    await person.page.getByRole("button", { name: /\d+ people/ }).click();
  await list.getByRole("button", { name: partner }).click();
  await person.page.getByRole("menuitem", { name: "Message privately" }).click();
  await expect(boxOf(person, partner)).toBeFocused();
}

/** Writes in the open conversation. */
export async function saysPrivately(person: Person, partner: string, text: string): Promise<void> {
  await boxOf(person, partner).fill(text);
  await boxOf(person, partner).press("Enter");
}

/** Opens the only conversation in the list, by the button in the header. */
export async function opensConversation(person: Person, unread: number): Promise<void> {
  const name = unread > 0 ? `Private messages, ${unread} new` : "Private messages";
  await person.page.getByRole("button", { name, exact: true }).click();
  await person.page.getByRole("list", { name: "Conversations" }).getByRole("button").click();
}

/** Waits until the open conversation shows a message. */
export async function seesPrivately(person: Person, text: string): Promise<void> {
  await expect(conversationOf(person).getByText(text, { exact: true })).toBeVisible();
}
