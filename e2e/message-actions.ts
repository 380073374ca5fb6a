import { expect, type Locator } from "@playwright/test";
import type { Person } from "./people.ts";

/** After this long, in ms, the pointer moves to the message again. */
export const POINTED_MS = 5_000;

/** A list of messages: that of a person's room, or of a private conversation. */
type Messages = Pick<Person, "messages" | "page">;

/** The row of a message with exactly this text, not of one that quotes it. */
export function lineOf({ messages, page }: Messages, text: string): Locator {
  const said = page.locator("[data-said] p").and(page.getByText(text, { exact: true }));
  return messages.getByRole("article").filter({ has: said });
}

/** Points at a message until its tools are in view. */
export async function pointsAt(person: Messages, text: string): Promise<Locator> {
  const line = lineOf(person, text);
  const tools = line.getByRole("group", { name: "Actions" });
  await expect(async () => {
    await line.getByText(text, { exact: true }).last().hover({ timeout: POINTED_MS });
    await expect(tools).toBeInViewport({ ratio: 1, timeout: POINTED_MS });
  }).toPass();
  return tools;
}

/** Points at a message and clicks one of its tools. */
export async function usesTool(person: Messages, text: string, tool: string): Promise<void> {
  const line = lineOf(person, text);
  // New messages and acknowledgements may move the row away under the pointer.
  await expect(async () => {
    // It covers the message, if it opened after all.
    if (tool === "More actions" && (await menuOf(person).isVisible())) return;
    await line.getByText(text, { exact: true }).last().hover({ timeout: POINTED_MS });
    await line.getByRole("button", { name: tool, exact: true }).click({ timeout: POINTED_MS });
    if (tool === "More actions") await expect(menuOf(person)).toBeVisible({ timeout: POINTED_MS });
  }).toPass();
}

/** Opens the menu of a message by its button and chooses an entry. */
export async function chooses(person: Messages, text: string, entry: string): Promise<void> {
  await usesTool(person, text, "More actions");
  await menuOf(person)
    .getByRole(/\p{L}/u.test(entry) ? "menuitem" : "menuitemcheckbox", {
      name: entry,
      exact: true,
    })
    .click();
  await expect(menuOf(person)).toHaveCount(0);
}

export function menuOf({ page }: Messages): Locator {
  return page.getByRole("menu", { name: "Actions for this message" });
}

/** A reaction under a message by its name, such as "👍 2: You and Ben". */
export function reactionOf(person: Messages, text: string, name: string): Locator {
  return lineOf(person, text).getByRole("button", { name, exact: true });
}
