import { AxeBuilder } from "@axe-core/playwright";
import type { Person } from "./people.ts";

/** The findings of axe on a page, with their elements; waits for animations to end. */
export async function axeFindings({ page }: Person): Promise<string[]> {
  await page.evaluate(() =>
    Promise.allSettled(document.getAnimations().map((animation) => animation.finished)),
  );
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
