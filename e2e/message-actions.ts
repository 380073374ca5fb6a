import { expect, type Locator } from "@playwright/test";
import type { Person } from "./people.ts";

/** The line in which a message stands: one that says exactly this, not one that quotes it. */
export function lineOf({ messages, page }: Person, text: string): Locator {
  const said = page.locator("[data-said] p").and(page.getByText(text, { exact: true }));
  return messages.getByRole("article").filter({ has: said });
}

/** Points at a message and clicks one of its tools. */
export async function usesTool(person: Person, text: string, tool: string): Promise<void> {
  const line = lineOf(person, text);
  await line.getByText(text, { exact: true }).last().hover();
  await line.getByRole("button", { name: tool, exact: true }).click();
}

/** Opens the menu of a message by its button and chooses from it. */
export async function chooses(person: Person, text: string, entry: string): Promise<void> {
  await usesTool(person, text, "More actions");
  await menuOf(person)
    .getByRole(/\p{L}/u.test(entry) ? "menuitem" : "menuitemcheckbox", {
      name: entry,
      exact: true,
    })
    .click();
  await expect(menuOf(person)).toHaveCount(0);
}

export function menuOf({ page }: Person): Locator {
  return page.getByRole("menu", { name: "Actions for this message" });
}

/** A reaction under a message, as its name says it, such as "👍 2: You and Ben". */
export function reactionOf(person: Person, text: string, name: string): Locator {
  return lineOf(person, text).getByRole("button", { name, exact: true });
}
