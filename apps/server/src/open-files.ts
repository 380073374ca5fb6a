import { unreachable } from "@parley/protocol";
import type { Logger } from "pino";
import type { Config } from "./config.ts";
import { DiskFiles } from "./backends/disk/files.ts";
import type { FileStore } from "./files/file-store.ts";
import { reportingFiles } from "./backends/reporting-files.ts";
import { makeDurableDirectory } from "./backends/sqlite/durable-directory.ts";
import { StorageError } from "./backends/sqlite/schema.ts";

/**
 * Opens the store of files that the configuration names, for a server.
 * @returns undefined if this server takes no files
 * @throws StorageError if their folder cannot be used
 */
export async function openFiles(
  { files, redis }: Pick<Config, "files" | "redis">,
  logger: Logger,
): Promise<FileStore | undefined> {
  if (files.in === "no place") {
    logger.warn(
      "files are off: FILES names no folder or bucket that all servers of REDIS_URL share",
    );
  }
  const store = await openFileStore(files, redis !== undefined);
  return store && reportingFiles(store, logger);
}

/**
 * Opens a store of files.
 * @param isShared whether another process may be storing files in its folder
 * @returns undefined if there is none
 * @throws StorageError if their folder cannot be used
 */
export async function openFileStore(
  files: Config["files"],
  isShared: boolean,
): Promise<FileStore | undefined> {
  switch (files.in) {
    case "off":
    case "no place":
      return undefined;
    case "folder":
      return openFolder(files.folder, isShared);
    case "bucket": {
      const { S3Files } = await import("./backends/s3/files.ts");
      return new S3Files(files.bucket);
    }
    default:
      return unreachable(files);
  }
}

async function openFolder(folder: string, isShared: boolean): Promise<FileStore> {
  try {
    makeDurableDirectory(folder);
    return await DiskFiles.open(folder, { isShared });
  } catch (error) {
    if (!(error instanceof Error) || !("syscall" in error)) throw error;
    const why = `The folder for files cannot be used (${error.message}): set FILES or, without it, DATA_DIR.`;
    throw new StorageError(why, { cause: error });
  }
}
