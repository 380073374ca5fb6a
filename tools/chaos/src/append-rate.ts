import { rm } from "node:fs/promises";
import { parseArgs } from "node:util";
import { exitOnSignals } from "@parley/testkit/child";
import { generateEntryId } from "@parley/protocol";
import type { RoomLog } from "@parley/server/log";
import { MemoryLog } from "@parley/server/backends/memory";
import { SqliteLog } from "@parley/server/backends/sqlite";
import { PlainClient } from "@parley/testkit/plain-client";
import { makeTemporaryFolder } from "@parley/testkit/temporary-folder";
import { BAD_DAY_SERVER, LOG_VARIABLE } from "./bad-day.ts";
import { startServer } from "./servers.ts";

/**
 * A program: measures how many messages a second become durable and acknowledged, and how long one
 * takes, compared with the same without storage. Each sender waits for its answer before it sends
 * again.
 */

const SENDERS = [1, 10, 100];
/** How long each is measured, in ms, after a warm-up. */
const MEASURED_MS = 2_000;
const WARM_UP_MS = 500;
const MESSAGE = "a message of the length that people write in a room, more or less";

/** Sends once; resolves when it is acknowledged. */
type Send = () => Promise<unknown>;

interface Rate {
  readonly perSecond: number;
  /** In ms. */
  readonly p50: number;
  readonly p99: number;
}

const USAGE = `pnpm --filter @parley/chaos append-rate [--help]

Prints how many messages a second a log takes, and how long one of them takes.
`;

const { values } = parseArgs({ options: { help: { type: "boolean" } } });
if (values.help) {
  process.stdout.write(USAGE);
  process.exit();
}
exitOnSignals();
print(["", "", "append", "", "", "over a socket", "", ""]);
print(["senders", "log", "a second", "p50 ms", "p99 ms", "a second", "p50 ms", "p99 ms"]);
for (const senders of SENDERS) {
  for (const kind of ["memory", "sqlite"] as const) {
    const append = await appending(kind, senders);
    const socket = await overSockets(kind, senders);
    print([`${senders}`, kind, ...cellsOf(append), ...cellsOf(socket)]);
  }
}

/** All senders append to one room of a log in this process. */
async function appending(kind: "memory" | "sqlite", senders: number): Promise<Rate> {
  if (kind === "memory") return rateOf(Array.from({ length: senders }, appender(new MemoryLog())));
  const dataDir = await makeTemporaryFolder("store");
  const retention = { entries: Infinity, ageMs: Infinity };
  const log = await SqliteLog.open({ dataDir, retention, faults: {} });
  try {
    return await rateOf(Array.from({ length: senders }, appender(log)));
  } finally {
    await log.close();
    await rm(dataDir, { recursive: true });
  }
}

function appender(log: RoomLog): (_: unknown, sender: number) => Send {
  return (_, sender) => {
    const from = { id: `sender-${sender}`, name: `Sender ${sender}` };
    return () => {
      const payload = { id: generateEntryId(), message: MESSAGE, at: Date.now(), from };
      return log.append("lobby", { type: "chat", payload });
    };
  };
}

/** All senders have a socket and a room of their own, so that only answers are counted. */
async function overSockets(kind: "memory" | "sqlite", senders: number): Promise<Rate> {
  const server = await startServer({ main: BAD_DAY_SERVER, env: { [LOG_VARIABLE]: kind } });
  const sockets: PlainClient[] = [];
  try {
    for (let sender = 0; sender < senders; sender += 1) {
      const socket = await PlainClient.connect(server.socketUrl);
      await socket.join(`room-${sender}`);
      sockets.push(socket);
    }
    return await rateOf(
      sockets.map((socket) => () => {
        const payload = { id: generateEntryId(), message: MESSAGE };
        return socket.ask("chat", payload, "chat");
      }),
    );
  } finally {
    for (const socket of sockets) socket.cut();
    await server.dispose();
  }
}

async function rateOf(senders: readonly Send[]): Promise<Rate> {
  const from = performance.now() + WARM_UP_MS;
  const end = from + MEASURED_MS;
  const took: number[] = [];
  await Promise.all(
    senders.map(async (send) => {
      for (let start = performance.now(); start < end; start = performance.now()) {
        await send();
        if (start >= from) took.push(performance.now() - start);
      }
    }),
  );
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { perSecond: (took.length / MEASURED_MS) * 1_000, p50: at(0.5), p99: at(0.99) };
}

function cellsOf({ perSecond, p50, p99 }: Rate): string[] {
  return [Math.round(perSecond).toLocaleString("en"), p50.toFixed(3), p99.toFixed(3)];
}

function print([senders = "", log = "", ...cells]: readonly string[]): void {
  const figures = cells.map((cell) => cell.padStart(14));
  process.stdout.write(`${[senders.padStart(7), log.padEnd(7), ...figures].join(" ")}\n`);
}
