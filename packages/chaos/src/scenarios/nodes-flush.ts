import { whole } from "../chance.ts";
import type { Violation } from "../checker/verdict.ts";
import { pause, until } from "../patience.ts";
import { gatherOn, openNodes, type Nodes } from "./nodes.ts";
import { expectations, type Outcome, type Round, type Scenario } from "./scenario.ts";

/** How often somebody writes a few messages before and after. */
const TIMES = 20;
/** How long they take, in ms. */
const BURST_MS = 400;
/** How long it may take until everybody was told, in ms. */
const TOLD_WITHIN_MS = 10_000;

/** What is lost with the whole log is not the servers' doing: that it is said, is. */
const OF_THE_LOSS: ReadonlySet<Violation["kind"]> = new Set([
  "lost",
  "unseen",
  // Numbers of two logs are no order.
  "out-of-order",
]);

/** Redis loses everything: nobody is shown a mixture, and everybody is told (SPEC O3, R5). */
export const nodesFlush = (nodes: number): Scenario => ({
  name: "nodes-flush",
  about: "servers whose Redis loses everything (FLUSHALL) while people write",
  rounds: 3,
  open: () => openNodes(nodes, play),
});

async function play({ redis, url }: Nodes, round: Round): Promise<Outcome> {
  const gathering = await gatherOn(url, round);
  await gathering.talk(TIMES, BURST_MS);
  await gathering.settled();
  const talking = gathering.talk(TIMES, BURST_MS);
  await pause(whole(round.chance, 0, BURST_MS));
  await redis.command("FLUSHALL");
  await talking;
  const resets = () =>
    new Set(
      gathering.observations
        .filter((each) => each.is === "window" && each.why === "reset")
        .map(({ client }) => client),
    ).size;
  await until(() => resets() === gathering.talkers.length, TOLD_WITHIN_MS);
  const told = resets();
  const { verdict } = await gathering.judge(url);
  const violations = [
    ...verdict.violations.filter(({ kind }) => !OF_THE_LOSS.has(kind)),
    ...expectations({ "[R5] everybody was told of the reset": told === gathering.talkers.length }),
  ];
  const gone = verdict.violations.length - violations.length;
  return { verdict: { ...verdict, violations }, note: `${told} told, ${gone} lost and said so` };
}
