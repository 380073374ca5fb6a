import type { Locator } from "@playwright/test";
import type { Person } from "./people.ts";

/** The button of a room that opens the choice of notifications. */
export function bell({ page }: Person): Locator {
  return page.getByRole("button", { name: /^Notifications/ });
}

/** Opens the choice of notifications, if it is closed, and makes one. */
export async function wishes(person: Person, choice: string): Promise<void> {
  const { page } = person;
  const panel = page.getByRole("dialog", { name: "Notifications" });
  if (!(await panel.isVisible())) await bell(person).click();
  await panel.getByLabel(choice).click();
}
