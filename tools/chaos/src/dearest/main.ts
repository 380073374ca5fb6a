import { parseArgs } from "node:util";
import { decodeUp } from "@parley/protocol";
import { MemoryLog } from "@parley/server/backends/memory";
import { settled } from "@parley/testkit/settled";
import { World, type Visitor } from "@parley/server/test/world";
import fc from "fast-check";
import { anySeed } from "../chance.ts";
import { frames } from "./frames.ts";

/**
 * A program: searches for the frames that a server takes longest to decode and to answer, and
 * prints them. The log is in memory, so that it measures the work of the event loop.
 */

const FRAMES = 20_000;
/** How often a frame is measured; the fastest counts, because the machine has other work. */
const TRIES = 5;
const PRINTED = 10;
/** Members that receive what is sent to all. */
const MEMBERS = 20;
const GIST_CHARS = 60;

interface Dear {
  readonly ms: number;
  readonly text: string;
}

const USAGE = `pnpm dearest [--frames N] [--seed S] [--help]

  --frames N  how many frames are tried; ${FRAMES} if it is left out
  --seed S    the same frames again
  --help      prints this
`;

const { values } = parseArgs({
  options: { frames: { type: "string" }, seed: { type: "string" }, help: { type: "boolean" } },
});
if (values.help) {
  process.stdout.write(USAGE);
  process.exit();
}
const seed = Number(values.seed ?? anySeed());
say(`seed ${seed}`);

const decoding: Dear[] = [];
const answering: Dear[] = [];
const world = new World(new MemoryLog(), { LIMITS: "off" });
for (let i = 0; i < MEMBERS; i += 1) mute(await world.join("lobby", `Member ${i}`));

const count = Number(values.frames ?? FRAMES);
for (const text of fc.sample(frames, { numRuns: count, seed })) {
  keep(decoding, { ms: quickest(() => void decodeUp(text)), text });
  keep(answering, { ms: await answerTo(text), text });
}
print("to decode", decoding);
print("to answer, by the event loop, without a log", answering);

/** How long a server works on a frame from a member, which it then disconnects. */
async function answerTo(text: string): Promise<number> {
  const visitor = await world.join("lobby", "Eve");
  mute(visitor);
  const ms = quickest(() => visitor.session.receive(text));
  await settled();
  visitor.close(1000);
  await settled();
  return ms;
}

/** The peer does not read, because that would count as the server's time. */
function mute({ connection }: Visitor): void {
  connection.send = () => {};
}

function quickest(act: () => void): number {
  let best = Infinity;
  for (let i = 0; i < TRIES; i += 1) {
    const start = performance.now();
    act();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

function keep(dearest: Dear[], dear: Dear): void {
  dearest.push(dear);
  dearest.sort((one, other) => other.ms - one.ms);
  dearest.length = Math.min(dearest.length, PRINTED);
}

function print(what: string, dearest: readonly Dear[]): void {
  say(`\nThe dearest frames ${what}:`);
  for (const { ms, text } of dearest) {
    const gist = text.slice(0, GIST_CHARS).toWellFormed();
    say(`${ms.toFixed(3).padStart(9)} ms  ${`${text.length}`.padStart(6)}  ${gist}`);
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
