import { monitorEventLoopDelay } from "node:perf_hooks";
import { createApp } from "@parley/server/app";
import { readConfig } from "@parley/server/config";
import type { RoomLog } from "@parley/server/log";
import { MemoryLog } from "@parley/server/backends/memory";
import { memoryBackend } from "@parley/server/backends/memory/backend";
import type { Faults } from "@parley/server/backends/sqlite/messages";
import { SqliteLog } from "@parley/server/backends/sqlite";
import { unreachable } from "@parley/protocol";
import { pino } from "pino";
import { LOG_VARIABLE, type BadDayAnswer, type Lag, type BadDayOrder } from "./bad-day.ts";

/**
 * A program: the server as `main.ts` builds it, with a disk and a clock that fail on its parent's
 * orders. It ends with its parent, and otherwise only by a signal.
 */

/** How often the event loop is checked, in ms. */
const LOOK_EVERY_MS = 1;
const NS_A_MS = 1_000_000;

const config = readConfig(process.env);
let aheadMs = 0;
/** The private messages until its end; undefined if it goes on. */
let messagesLeft: number | undefined;
const { log, suffer } = await openLog();
const app = createApp({
  config,
  logger: pino({ level: config.logLevel }, pino.destination(2)),
  backend: memoryBackend({ log: dyingBetween(log) }),
  webDirectory: "",
  now: () => Date.now() + aheadMs,
});
const delay = monitorEventLoopDelay({ resolution: LOOK_EVERY_MS });
delay.enable();
process.on("message", (order: BadDayOrder) => process.send?.(obey(order)));
process.once("disconnect", () => process.exit(0));
await app.listen();

async function openLog(): Promise<{ log: RoomLog; suffer: (faults: Faults) => void }> {
  if (process.env[LOG_VARIABLE] === "memory") return { log: new MemoryLog(), suffer: () => {} };
  const { dataDir, retention } = config;
  const log = await SqliteLog.open({ dataDir, retention, faults: {} });
  return { log, suffer: (faults) => log.injectFaults(faults) };
}

/** A private message comes here once its ring is stored (SPEC W4). */
function dyingBetween(log: RoomLog): RoomLog {
  return {
    read: log.read.bind(log),
    find: log.find.bind(log),
    follow: log.follow.bind(log),
    append(logId, draft) {
      if (messagesLeft !== undefined && logId.includes("+") && draft.type === "chat") {
        messagesLeft -= 1;
        if (messagesLeft === 0) process.kill(process.pid, "SIGKILL");
      }
      return log.append(logId, draft);
    },
  };
}

function obey(order: BadDayOrder): BadDayAnswer {
  switch (order.is) {
    case "faults":
      suffer(order.faults);
      return { is: "done" };
    case "clock":
      ({ aheadMs } = order);
      return { is: "done" };
    case "die-between":
      messagesLeft = order.messages;
      return { is: "done" };
    case "lag": {
      const lag = lagNow();
      delay.reset();
      return { is: "lag", ...lag };
    }
    default:
      return unreachable(order);
  }
}

/** The delay includes the interval between two checks; only the rest is lag. */
function lagNow(): Lag {
  const beyond = (ns: number) => Math.max(0, ns / NS_A_MS - LOOK_EVERY_MS);
  return {
    p50: beyond(delay.percentile(50)),
    p99: beyond(delay.percentile(99)),
    max: beyond(delay.max),
  };
}
