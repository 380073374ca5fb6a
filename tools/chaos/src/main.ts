import { parseArgs } from "node:util";
import { exitOnSignals } from "@parley/testkit/child";
import { anySeed, seedAfter } from "./chance.ts";
import { nothingChecked, together, type Verdict } from "./checker/verdict.ts";
import { lineOf, sumOf, tableOf, verdictOf } from "./report.ts";
import type { Attack } from "./hostile/attack.ts";
import { leftOut, oneServerScenarios } from "./scenarios/all.ts";
import { nodesScenarios } from "./scenarios/nodes-all.ts";
import type { Scenario } from "./scenarios/scenario.ts";
import { playTurn, type Played } from "./turn.ts";

/** A program: runs scenarios, for some minutes or rounds, and says whether every promise held. */

const EXIT_BROKEN = 1;
const EXIT_USAGE = 2;
const A_MINUTE_MS = 60_000;
/** The default attack of the hostile scenario. */
const ATTACK: Attack = { addresses: 1, seconds: 20 };

const USAGE = `pnpm chaos [--minutes N] [--rounds N] [--seed S] [--scenario NAME] [--nodes N]
           [--addresses N] [--seconds N] [--help]

  --minutes N      goes round the scenarios for so many minutes; without it, once
  --rounds N       rounds of each scenario in a turn
  --seed S         of the first round: its schedule is the same again
  --scenario NAME  plays this one only
  --nodes N        with so many servers that share a Redis, and what can go wrong with those
  --addresses N    network addresses that attack in the hostile scenario; 0: a quiet server
  --seconds N      how long that attack lasts
  --help           prints this

${listOf(oneServerScenarios(ATTACK))}
${leftOut.map((why) => `Not here: ${why}.\n`).join("")}
With --nodes:

${listOf(nodesScenarios(1))}
`;

interface Settings {
  readonly minutes: number | undefined;
  readonly rounds: number | undefined;
  readonly seed: number;
  readonly chosen: readonly Scenario[];
}

exitOnSignals();
const verdicts = await play(settings());
say("", ...tableOf(verdicts), "", ...verdictOf(verdicts));
if (sumOf(verdicts).violations.length > 0) process.exitCode = EXIT_BROKEN;

async function play({ minutes, rounds, seed, chosen }: Settings): Promise<Map<string, Verdict>> {
  say(`seed ${seed}`);
  const end = performance.now() + (minutes ?? Infinity) * A_MINUTE_MS;
  const isOver = () => performance.now() > end;
  const verdicts = new Map<string, Verdict>();
  let number = 0;
  const onPlayed = (played: Played) => {
    number += 1;
    say(lineOf(number, played));
  };
  let turnSeed = seed;
  do {
    for (const scenario of chosen) {
      if (isOver()) break;
      const verdict = await playTurn({
        scenario,
        rounds: rounds ?? scenario.rounds,
        seed: turnSeed,
        isOver,
        onPlayed,
      });
      verdicts.set(scenario.name, together(verdicts.get(scenario.name) ?? nothingChecked, verdict));
    }
    turnSeed = seedAfter(seedAfter(turnSeed) ^ number);
  } while (minutes !== undefined && !isOver());
  return verdicts;
}

/** Parses the command line; exits if it is invalid. */
function settings(): Settings {
  try {
    return readSettings();
  } catch (error) {
    return stopWith(error instanceof Error ? error.message : String(error));
  }
}

function readSettings(): Settings {
  const { values } = parseArgs({
    options: {
      minutes: { type: "string" },
      rounds: { type: "string" },
      seed: { type: "string" },
      scenario: { type: "string" },
      nodes: { type: "string" },
      addresses: { type: "string" },
      seconds: { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    process.exit();
  }
  const nodes = positive("--nodes", values.nodes);
  const attack = {
    addresses: positive("--addresses", values.addresses) ?? ATTACK.addresses,
    seconds: positive("--seconds", values.seconds) ?? ATTACK.seconds,
  };
  const playable = nodes === undefined ? oneServerScenarios(attack) : nodesScenarios(nodes);
  const chosen = playable.filter(({ name }) => name === (values.scenario ?? name));
  if (chosen.length === 0) throw new Error(`There is no scenario ${values.scenario}.`);
  return {
    minutes: positive("--minutes", values.minutes),
    rounds: positive("--rounds", values.rounds),
    seed: positive("--seed", values.seed) ?? anySeed(),
    chosen,
  };
}

function listOf(scenarios: readonly Scenario[]): string {
  return scenarios.map(({ name, about }) => `  ${name.padEnd(17)} ${about}`).join("\n");
}

function stopWith(why: string): never {
  process.stderr.write(`${why}\n\n${USAGE}`);
  process.exit(EXIT_USAGE);
}

function positive(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!(number >= 0) || text.trim() === "") throw new Error(`${name} takes a number.`);
  return number;
}

function say(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}
