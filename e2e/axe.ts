import { AxeBuilder } from "@axe-core/playwright";
import type { Person } from "./people.ts";

/** The findings of axe on a page, with their elements; waits for animations to end. */
export async function axeFindings(person: Person): Promise<string[]> {
  return findings(person, (axe) => axe);
}

/** The rules about colours: what stands on what differs by theme. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** The findings of axe on a page in both themes; the rules that are not about colours run once. */
export async function axeFindingsInBothThemes(person: Person): Promise<string[]> {
  await person.page.emulateMedia({ colorScheme: "dark" });
  const dark = await findings(person, (axe) => axe.withRules(COLOUR_RULES));
  await person.page.emulateMedia({ colorScheme: "light" });
  return [...(await axeFindings(person)), ...dark.map((finding) => `dark: ${finding}`)];
}

/**
 * The findings of axe on a page where the system chooses the colours. Axe reads the page's own
 * colours of texts there, which are not shown: the rules about colours are left out.
 */
export async function axeFindingsInForcedColours(person: Person): Promise<string[]> {
  await person.page.emulateMedia({ forcedColors: "active" });
  const found = await findings(person, (axe) => axe.disableRules(COLOUR_RULES));
  await person.page.emulateMedia({ forcedColors: "none" });
  return found;
}

async function findings(
  { page }: Person,
  narrowed: (axe: AxeBuilder) => AxeBuilder,
): Promise<string[]> {
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        // What follows a scroll position never ends.
        .filter(({ timeline }) => timeline instanceof DocumentTimeline)
        .map((animation) => animation.finished),
    ),
  );
  // Legacy mode spares a second page for each run; it only matters for frames of other sites.
  const { violations } = await narrowed(new AxeBuilder({ page })).setLegacyMode().analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
