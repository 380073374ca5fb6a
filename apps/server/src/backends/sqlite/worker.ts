import { parentPort, workerData } from "node:worker_threads";
import { unreachable } from "@parley/protocol";
import { Batches } from "./batches.ts";
import { StorageCap } from "./cap.ts";
import type { FromWorker, ToWorker, WorkerSettings } from "./messages.ts";
import { DiskWatch, LOOK_EVERY_MS } from "./disk.ts";
import type { Report } from "../../log/host-reports.ts";
import { Overtaken } from "./ownership.ts";
import { openStore } from "./open-store.ts";
import { limitPages, StorageError } from "./schema.ts";
import { isStorageFailure } from "./storage-failure.ts";
import { startScrubbing } from "./scrubbing.ts";
import type { SqliteStore } from "./store.ts";
import { startTrimming } from "./trimming.ts";
import { Upkeep } from "./upkeep.ts";

/** The thread that owns the database, so that the event loop of the server never waits for a disk. */

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

/** What is wrong with the directory; undefined if the error has another cause. */
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
  const batches = new Batches({ store, disk, mark, cap, faults: () => faults, reply });
  const looking = setInterval(() => {
    try {
      ownership.check();
    } catch (error) {
      if (error instanceof Overtaken) return end(error);
      if (!isStorageFailure(error)) throw error;
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

  /** Answers nothing more: the last requests are neither done nor refused. */
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
        return endIfOvertaken(() => batches.answer(message.operations));
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

function tellFindings(store: SqliteStore): void {
  for (const finding of store.takeFindings()) reply({ is: "damaged", finding });
}
