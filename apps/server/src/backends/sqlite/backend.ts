import type { Logger } from "pino";
import type { FileStore } from "../../files/file-store.ts";
import { HostReports } from "../../log/host-reports.ts";
import { openLocalPresence } from "../../presence/local-presence.ts";
import type { Backend } from "../backend.ts";
import { SqliteLog } from "./log.ts";
import type { WorkerSettings } from "./messages.ts";

/**
 * Stores everything in a database of this server alone.
 * @throws StorageError if the data directory cannot be used
 */
export async function sqliteBackend(
  { dataDir, retention, dataBytes = Infinity }: Omit<WorkerSettings, "faults">,
  files: FileStore | undefined,
  logger: Logger,
): Promise<Backend> {
  const reports = new HostReports(logger);
  const settings = { dataDir, retention, dataBytes, faults: {} };
  const log = await SqliteLog.open(settings, (report) => reports.take(report));
  return {
    log,
    shelf: log.shelf,
    files,
    openPresence: openLocalPresence,
    trouble: () => reports.trouble,
    damagedEntries: () => reports.damagedEntries,
    size: () => reports.size,
    async close() {
      await files?.close();
      await log.close();
    },
  };
}
