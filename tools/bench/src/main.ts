import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { unreachable } from "@parley/protocol";
import { exitOnSignals } from "@parley/testkit/child";
import { choosePinning } from "@parley/testkit/cores";
import { readCommandLine, type RowsKind, type Wish } from "./command-line.ts";
import { curveRows, WHOLE_RANGE } from "./large/curves.ts";
import { membersRow } from "./large/members.ts";
import { describeMachine, readMachine, socketsMaxOf, type Machine } from "./machine.ts";
import { curvesPlot } from "./report/curves-plot.ts";
import { plotOf } from "./report/plot.ts";
import { rowText, summary } from "./report/words.ts";
import type { Bench, Row, RowResult } from "./rows/row.ts";
import { nodesRows, rows } from "./rows/rows.ts";
import { FULL, QUICK } from "./sizes.ts";

/** `pnpm bench`: measures this server beside others. Only wrong arguments make it fail. */

const RESULTS = fileURLToPath(new URL("../results/", import.meta.url));
const DOCS = fileURLToPath(new URL("../../../docs/", import.meta.url));
const EXIT_NOT_MEASURED = 1;
const EXIT_USAGE = 2;
const USAGE = `pnpm bench [--quick] [--nodes N | --members N,… | --curves] [--only ROW]… [--plot] [--help]

  --quick     fewer guests and shorter runs, in about two minutes
  --nodes N   so many servers on one Redis
  --members N as many members, on several servers behind HAProxy; more numbers with commas
  --curves    curves over members (--members N,…) and sizes of rooms (--rooms N,…), in 40 minutes
  --only ROW  measures this row only; more of them with commas, or each with its own --only
  --plot      draws docs/bench.svg, or docs/scale.svg with --curves
  --help      prints this

Rows: ${rows.map(({ name }) => name).join(", ")}
With --nodes: ${nodesRows(2)
  .map(({ name }) => name)
  .join(", ")}
`;

const rowsOf = ({ nodes, members, curves, rooms: sizes }: RowsKind) => {
  if (curves) {
    return curveRows({
      members: members ?? WHOLE_RANGE.members,
      rooms: sizes ?? WHOLE_RANGE.rooms,
    });
  }
  if (members) return members.map(membersRow);
  return nodes === undefined ? rows : nodesRows(nodes);
};
const asked = readCommandLine(process.argv.slice(2), (kind) =>
  rowsOf(kind).map(({ name }) => name),
);
switch (asked.is) {
  case "wish":
    exitOnSignals();
    await run(asked.wish);
    break;
  case "help":
    process.stdout.write(USAGE);
    break;
  case "wrong":
    process.stderr.write(`${asked.why}\n\n${USAGE}`);
    process.exitCode = EXIT_USAGE;
    break;
  default:
    unreachable(asked);
}

async function run(wish: Wish): Promise<void> {
  await mkdir(RESULTS, { recursive: true });
  const pinning = choosePinning();
  const machine = await readMachine(RESULTS, pinning);
  say(["", ...describeMachine(machine), ""].join("\n"));
  const bench: Bench = {
    sizes: wish.quick ? QUICK : FULL,
    pinning,
    socketsMax: socketsMaxOf(machine),
    openFiles: machine.openFiles,
    progress: (what) => process.stderr.write(`  … ${what}\n`),
  };
  const wanted = rowsOf(wish).filter(({ name }) => wish.only?.includes(name) ?? true);
  const results = new Map<string, RowResult>();
  const at = new Date();
  let file = "";
  for (const row of wanted) {
    const result = await measure(row, bench);
    if (result) results.set(row.name, result);
    // A long run that is cut off leaves what it has measured.
    file = await keep(wish, machine, results, at);
  }
  const measured = [...results.values()];
  if (measured.some(({ verdicts }) => verdicts.length > 0)) say(`${summary(measured)}\n`);
  if (wish.quick) say("A quick run: sizes and times are small, and figures rough.\n");
  say(`All of it: ${file}`);
  if (wish.plot) await draw(results, wish.curves);
}

/** Measures a row and prints it. If that fails, it says so and continues with the others. */
async function measure(row: Row, bench: Bench): Promise<RowResult | undefined> {
  const from = performance.now();
  process.stderr.write(`${row.name}\n`);
  try {
    const result = await row.measure(bench);
    const seconds = Math.round((performance.now() - from) / 1_000);
    say(`\n${rowText(result)}\n\n  (measured in ${seconds} s)\n`);
    return result;
  } catch (error) {
    process.exitCode = EXIT_NOT_MEASURED;
    const why = error instanceof Error ? error.message : String(error);
    say(`\n${row.name} could not be measured: ${why}\n`);
    return undefined;
  }
}

async function keep(
  { quick, nodes }: Wish,
  machine: Machine,
  results: ReadonlyMap<string, RowResult>,
  startedAt: Date,
): Promise<string> {
  const at = startedAt.toISOString();
  const file = join(RESULTS, `${at.replaceAll(/[:.]/g, "-")}.json`);
  const content = { at, quick, nodes, machine, rows: Object.fromEntries(results) };
  await writeFile(file, `${JSON.stringify(content, undefined, 2)}\n`);
  return file;
}

async function draw(results: ReadonlyMap<string, RowResult>, curves: boolean): Promise<void> {
  const svg = curves
    ? curvesPlot([...results.values()].flatMap(({ points = [] }) => points))
    : plotOf(results);
  if (svg === undefined) {
    say("Nothing to draw: the plots show the rows fan-out, cpu and memory, or the curves.");
    return;
  }
  const file = join(DOCS, curves ? "scale.svg" : "bench.svg");
  await writeFile(file, svg);
  say(`Drawn: ${file}`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
