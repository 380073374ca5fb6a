import { parentPort, workerData } from "node:worker_threads";
import { unreachable } from "@parley/protocol";
import { StorageCap } from "./sqlite-cap.ts";
import type {
  FromWorker,
  Operation,
  Outcome,
  ToWorker,
  WorkerSettings,
} from "./sqlite-messages.ts";
import { DiskWatch, LOOK_EVERY_MS } from "./sqlite-disk.ts";
import type { Report } from "./sqlite-reports.ts";
import type { AcknowledgedMark } from "./sqlite-mark.ts";
import { Overtaken } from "./sqlite-ownership.ts";
import { openStore } from "./sqlite-opening.ts";
import { limitPages, StorageError } from "./sqlite-schema.ts";
import { startScrubbing } from "./sqlite-scrubbing.ts";
import type { SqliteStore } from "./sqlite-store.ts";
import { startTrimming } from "./sqlite-trimming.ts";
import { Upkeep } from "./sqlite-upkeep.ts";

/**
 * The thread that owns the database, so that the event loop of the server never waits for a disk.
 * A batch of operations is one transaction; the answer goes out when it is durable (SPEC D1).
 */

const settings = workerData as WorkerSettings;
const port = parentPort;
if (!port) throw new Error("this file runs as a worker thread");
let { faults } = settings;
const reply = (message: FromWorker) => port.postMessage(message);
const tell = (report: Report) => reply({ is: "report", report });

try {
  run();
} catch (error) {
  const why = whyRefused(error);
  if (why === undefined) throw error;
  reply({ is: "refused", why });
}

/** What is wrong with the directory; undefined where it is something else. */
function whyRefused(error: unknown): string | undefined {
  if (error instanceof StorageError) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined) return undefined;
  return `What is in ${settings.dataDir} cannot be used: ${message}. Put back a backup.`;
}

function run(): void {
  const { db, store, ownership, mark, renewed, losses, close } = openStore(settings.dataDir);
  limitPages(db, faults.maxPages);
  if (renewed !== undefined) tell({ is: "renewed", why: renewed });
  for (const what of losses) tell({ is: "lost", what });
  const upkeep = new Upkeep(db, store);
  const touch = () => upkeep.touch();
  const disk = new DiskWatch(settings.dataDir, touch, (found) => tell({ is: "storage", found }));
  const { dataBytes = Infinity } = settings;
  const cap = new StorageCap(dataBytes, () => upkeep.usedBytes(), tell);
  cap.report();
  const looking = setInterval(() => {
    try {
      ownership.check();
    } catch (error) {
      if (error instanceof Overtaken) return end(error);
      // A disk that cannot be read is looked at now.
    }
    disk.look();
    cap.report();
  }, LOOK_EVERY_MS);
  const stopTrimming = startTrimming(store, upkeep, settings.retention, tell, end);
  const stopScrubbing = startScrubbing(
    store,
    () => tellFindings(store),
    () => tell({ is: "reindexed" }),
  );

  function stop(): void {
    stopTrimming();
    stopScrubbing();
    clearInterval(looking);
  }

  /** Answers nothing more: what was asked for last is not there, and is not refused either. */
  function end({ message }: Overtaken): void {
    stop();
    reply({ is: "overtaken", why: message });
  }

  function endIfOvertaken(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
      end(error);
    }
  }

  port?.on("message", (message: ToWorker) => {
    switch (message.is) {
      case "batch":
        return endIfOvertaken(() => answer(store, disk, mark, cap, message.operations));
      case "faults":
        ({ faults } = message);
        return limitPages(db, faults.maxPages);
      case "close":
        stop();
        close();
        return port.close();
      default:
        return unreachable(message);
    }
  });
  reply({ is: "opened" });
}

/**
 * What is to be written, and looked up for it, is answered before anything is read. Followers hear of
 * a new epoch before they hear of what was appended to it.
 */
function answer(
  store: SqliteStore,
  disk: DiskWatch,
  mark: AcknowledgedMark,
  cap: StorageCap,
  operations: readonly Operation[],
): void {
  const firstRead = operations.findIndex(({ is }) => is === "read");
  const end = firstRead === -1 ? operations.length : firstRead;
  for (const part of [operations.slice(0, end), operations.slice(end)]) {
    if (part.length === 0) continue;
    const outcomes = perform(store, disk, mark, cap, part);
    tellFindings(store);
    reply({ is: "outcomes", outcomes });
  }
}

function tellFindings(store: SqliteStore): void {
  for (const finding of store.takeFindings()) reply({ is: "damaged", finding });
}

function perform(
  store: SqliteStore,
  disk: DiskWatch,
  mark: AcknowledgedMark,
  cap: StorageCap,
  operations: readonly Operation[],
): Outcome[] {
  const writes = operations.some(isWrite);
  if (!writes) return operations.map((operation) => attempt(() => one(store, cap, operation)));
  try {
    const outcomes = store.transaction(() => {
      cap.look();
      const done = operations.map((operation) => one(store, cap, operation));
      if (faults.failing) throw new Error("the disk is made to fail");
      disk.check();
      return done;
    });
    delay(faults.commitDelayMs);
    // What was committed to a file that nobody finds again is not acknowledged.
    disk.check();
    mark.set(store.newest);
    disk.stored();
    return outcomes;
  } catch (error) {
    if (error instanceof Overtaken) throw error;
    disk.failed(error);
    // What was to be written is refused; what was to be read is still there.
    return operations.map((operation) =>
      isWrite(operation) ? failed(error) : attempt(() => one(store, cap, operation)),
    );
  }
}

function one(store: SqliteStore, cap: StorageCap, operation: Operation): Outcome {
  switch (operation.is) {
    case "append":
      return store.append(operation.roomId, operation.draft, (known) => cap.admits(known));
    case "read":
      return { is: "page", page: store.read(operation.roomId, operation.range) };
    case "find":
      return { is: "found", entry: store.find(operation.roomId, operation.target) };
    case "get":
      return { is: "value", value: store.shelf.get(operation.key, operation.now) };
    case "take":
      return { is: "value", value: store.shelf.take(operation.key, operation.now) };
    case "put":
      if (!cap.admits(true)) return { is: "full" };
      return { is: "put", isPut: store.shelf.put(operation.item, operation.now) };
    case "list":
      return { is: "items", items: store.shelf.list(operation.prefix, operation.now) };
    default:
      return unreachable(operation);
  }
}

function isWrite({ is }: Operation): boolean {
  return is === "append" || is === "put" || is === "take";
}

function attempt(work: () => Outcome): Outcome {
  try {
    return work();
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown): Outcome {
  return { is: "failed", why: error instanceof Error ? error.message : String(error) };
}

function delay(ms: number | undefined): void {
  if (ms) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
