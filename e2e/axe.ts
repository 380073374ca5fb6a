import axe, { type RunOptions } from "axe-core";
import type { Person } from "./people.ts";

/** The findings of axe on a page, with their elements; waits for animations to end. */
export async function axeFindings(person: Person): Promise<string[]> {
  return findings(person);
}

/** The rules about colours: what stands on what differs by theme. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** The findings of axe on a page in both themes; the rules that are not about colours run once. */
export async function axeFindingsInBothThemes(person: Person): Promise<string[]> {
  await person.page.emulateMedia({ colorScheme: "dark" });
  const dark = await findings(person, { runOnly: COLOUR_RULES });
  await person.page.emulateMedia({ colorScheme: "light" });
  return [...(await axeFindings(person)), ...dark.map((finding) => `dark: ${finding}`)];
}

/**
 * The findings of axe on a page where the system chooses the colours. Axe reads the page's own
 * colours of texts there, which are not shown: the rules about colours are left out.
 */
export async function axeFindingsInForcedColours(person: Person): Promise<string[]> {
  await person.page.emulateMedia({ forcedColors: "active" });
  const found = await findings(person, {
    rules: Object.fromEntries(COLOUR_RULES.map((id) => [id, { enabled: false }])),
  });
  await person.page.emulateMedia({ forcedColors: "none" });
  return found;
}

async function findings({ page }: Person, options: RunOptions = {}): Promise<string[]> {
  await page.evaluate(async () => {
    const running = () =>
      document
        .getAnimations()
        // What follows a scroll position never ends.
        .filter((one) => one.timeline instanceof DocumentTimeline && one.playState === "running");
    // A colour that children inherit begins its way in them when it is at its end here.
    do {
      await Promise.allSettled(running().map(({ finished }) => finished));
      await new Promise(requestAnimationFrame);
    } while (running().length > 0);
  });
  // Once a page: to read axe takes as long as a run of it.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (given) => (globalThis as unknown as { axe: typeof axe }).axe.run(document, given),
    { ...options, resultTypes: ["violations"] } satisfies RunOptions,
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
