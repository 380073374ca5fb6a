import { storeIdOf } from "./file-ids.ts";
import { MANIFEST_KEYS, type Manifest } from "./manifest.ts";
import { missingParts } from "./parts.ts";
import type { FileStore, PartName } from "./file-store.ts";

/** How many parts are copied at the same time. */
const COPIED_AT_ONCE = 4;

/** A file of a message. */
interface SentFile {
  /** The one in the stores. */
  readonly id: string;
  /** In bytes. */
  readonly size: number;
}

/** How many files were copied or already there, and how many no store has. */
export interface CopiedFiles {
  readonly copied: number;
  readonly missing: number;
}

/** The files on a shelf that belong to a message. */
export function* sentFiles(
  items: Iterable<{ readonly key: string; readonly value: string }>,
): Generator<SentFile, void> {
  for (const { key, value } of items) {
    const manifest = JSON.parse(value) as Manifest;
    if (manifest.message === undefined) continue;
    yield { id: storeIdOf(key.slice(MANIFEST_KEYS.length), manifest), size: manifest.size };
  }
}

/**
 * Copies files, each whole or not at all, because one may be deleted meanwhile.
 * @param from the stores to look in; a file is copied from the first that has all of it
 */
export async function copyFiles(
  files: Iterable<SentFile>,
  from: readonly FileStore[],
  to: FileStore,
): Promise<CopiedFiles> {
  let copied = 0;
  let missing = 0;
  for (const file of files) {
    if ((await isWhole(file, to)) || (await copyFile(file, from, to))) copied += 1;
    else missing += 1;
  }
  return { copied, missing };
}

async function copyFile(
  file: SentFile,
  from: readonly FileStore[],
  to: FileStore,
): Promise<boolean> {
  for (const store of from) {
    if (!(await isWhole(file, store))) continue;
    // What is there of it is not whole, and a part that is stored is not replaced.
    await to.delete(file.id);
    const names = (await store.has(file.id)).map(({ name }) => name);
    while (names.length > 0) {
      const some = names.splice(0, COPIED_AT_ONCE);
      await Promise.all(some.map((name) => copyPart(file.id, name, store, to)));
    }
    if (await isWhole(file, to)) return true;
    await to.delete(file.id);
  }
  return false;
}

async function copyPart(id: string, part: PartName, from: FileStore, to: FileStore): Promise<void> {
  const bytes = await from.get(id, part);
  if (bytes) await to.put(id, part, bytes);
}

async function isWhole({ id, size }: SentFile, store: FileStore): Promise<boolean> {
  return missingParts(await store.has(id), size).length === 0;
}
