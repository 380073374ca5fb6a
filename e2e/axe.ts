import { AxeBuilder } from "@axe-core/playwright";
import type { Person } from "./people.ts";

/** What axe has to say of a page, with the elements it means; animations are over by then. */
export async function axeFindings({ page }: Person): Promise<string[]> {
  await page.evaluate(() =>
    Promise.allSettled(document.getAnimations().map((animation) => animation.finished)),
  );
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
