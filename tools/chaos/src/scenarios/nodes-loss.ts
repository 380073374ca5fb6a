import { holds } from "@parley/testkit/waiting";
import { count, type Verdict, type Violation } from "../checker/verdict.ts";
import type { Nodes } from "./nodes.ts";
import type { Gathering } from "./gathering.ts";
import { expectations } from "./scenario.ts";

/** How long it may take until everybody was told, in ms. */
const TOLD_WITHIN_MS = 30_000;

/** Losses of Redis are not the servers' fault; not reporting them would be. */
const OF_THE_LOSS: ReadonlySet<Violation["kind"]> = new Set([
  "lost",
  "unseen",
  // Numbers of two logs have no common order.
  "out-of-order",
]);

export interface Loss {
  readonly verdict: Verdict;
  /** How many clients were told that what they were shown no longer holds. */
  readonly told: number;
}

/**
 * Judges a round in which Redis lost a part of the log: nobody is shown a mixture, and everybody is
 * told (SPEC O3, R5). Lost acknowledged entries are counted, but are no violation then.
 */
export async function judgeLoss(
  gathering: Gathering,
  { url, serverUrls }: Pick<Nodes, "url" | "serverUrls">,
): Promise<Loss> {
  const resets = () =>
    new Set(
      gathering.observations
        .filter((each) => each.is === "window" && each.why === "reset")
        .map(({ client }) => client),
    ).size;
  const all = gathering.actors.length;
  await holds(() => resets() === all, TOLD_WITHIN_MS);
  const told = resets();
  const { verdict } = await gathering.judge(url, serverUrls);
  const everybodyTold = told === all;
  const violations = [
    ...verdict.violations.filter(({ kind }) => !everybodyTold || !OF_THE_LOSS.has(kind)),
    ...expectations({ "[R5] everybody was told of the reset": everybodyTold }),
  ];
  const lostAndSaid = everybodyTold ? count(verdict, "lost") : 0;
  return { verdict: { figures: { ...verdict.figures, lostAndSaid }, violations }, told };
}
