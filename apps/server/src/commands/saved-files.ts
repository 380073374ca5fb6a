import { existsSync, rmSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openFileStore } from "../open-files.ts";
import { ShelfRows } from "../backends/sqlite/shelf.ts";
import { StorageError } from "../backends/sqlite/schema.ts";
import type { Config } from "../config.ts";
import { copyFiles, sentFiles, type CopiedFiles } from "../files/copy-files.ts";
import { FilesUnavailable, NoSpace, type FileStore } from "../files/file-store.ts";
import { MANIFEST_KEYS } from "../files/manifest.ts";

const NONE: CopiedFiles = { copied: 0, missing: 0 };

/** The folder beside a backup with the files that its messages have. */
export function savedFilesFolder(backup: string): string {
  return `${backup}.files`;
}

/**
 * Copies the files of a backup's messages into the folder beside it.
 * @param backup as it is called in the end
 * @param copy the database, under the name that it has now
 * @throws StorageError if they cannot be copied
 */
export async function saveFiles(
  config: Pick<Config, "files">,
  backup: string,
  copy: string,
): Promise<CopiedFiles> {
  const target = savedFilesFolder(backup);
  if (existsSync(target)) throw new StorageError(`${target} is there already.`);
  try {
    return await copyAll(copy, async () => ({
      from: [await openIfThere(config.files)],
      to: await openFileStore({ in: "folder", folder: target }, false),
    }));
  } catch (error) {
    rmSync(target, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Copies the files that are beside a backup back.
 * @param copy the database that is about to be put back
 * @param folder where the files are made ready; undefined: the place of files is not in DATA_DIR
 * @throws StorageError if they cannot be copied
 */
export async function putFilesBack(
  config: Pick<Config, "files">,
  backup: string,
  copy: string,
  folder: string | undefined,
): Promise<CopiedFiles> {
  const saved = savedFilesFolder(backup);
  return copyAll(copy, async () => {
    const present = await openIfThere(config.files);
    return {
      from: [await openIfThere({ in: "folder", folder: saved }), present],
      to: await openFileStore(folder === undefined ? config.files : { in: "folder", folder }, true),
    };
  });
}

/** The folder of files, if it is in the data directory. */
export function folderInside({ files, dataDir }: Pick<Config, "files" | "dataDir">) {
  if (files.in !== "folder" || dirname(resolve(files.folder)) !== resolve(dataDir))
    return undefined;
  return basename(files.folder);
}

async function openIfThere(files: Config["files"]): Promise<FileStore | undefined> {
  if (files.in === "folder" && !existsSync(files.folder)) return undefined;
  return openFileStore(files, true);
}

/** @param open opens the stores; called only if there is something to copy */
async function copyAll(
  copy: string,
  open: () => Promise<{
    readonly from: readonly (FileStore | undefined)[];
    readonly to: FileStore | undefined;
  }>,
): Promise<CopiedFiles> {
  const db = new DatabaseSync(copy, { readOnly: true });
  try {
    const files = [...sentFiles(new ShelfRows(db).each(MANIFEST_KEYS, Date.now()))];
    if (files.length === 0) return NONE;
    const { from, to } = await open();
    if (!to) return { copied: 0, missing: files.length };
    const stores = from.filter((store) => store !== undefined);
    return await copyFiles(files, stores, to);
  } catch (error) {
    if (!(error instanceof FilesUnavailable) && !(error instanceof NoSpace)) throw error;
    const why = `The files cannot be copied: ${error.message}.`;
    throw new StorageError(why, { cause: error });
  } finally {
    db.close();
  }
}
