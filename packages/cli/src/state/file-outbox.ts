import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, watch } from "node:fs";
import { join } from "node:path";
import type { Outbox, OutboxRecord } from "@parley/client";
import { withTemporaryFile } from "./private-file.ts";
import { isCode, orElse } from "./state-folder.ts";

const DIGITS = 12;
/** The former version's names have no digest. */
const RECORD = /^\d{12}(?:-[\da-f]{64})?\.json$/;

/**
 * An outbox in files, shared by one user's processes: a folder for each room, a file for each
 * record. A file is named by a number, which gives the order, and by a digest of the record's id,
 * so that a record is found without reading others; what was read once is remembered. Calls are
 * synchronous, so that they take effect in order and a process that ends loses nothing.
 */
export function fileOutbox(folder: string): Outbox {
  const folderOf = (roomId: string) => join(folder, roomId);
  /** What was read last, by room. */
  const known = new Map<string, Records>();
  const nameOf = (roomId: string, id: string, names: readonly string[]) => {
    const ending = endingOf(id);
    const former = () => recordsIn(folderOf(roomId), names.filter(isFormer), known.get(roomId));
    return names.find((name) => name.endsWith(ending)) ?? formerNameOf(id, former());
  };
  return {
    async load(roomId) {
      const room = folderOf(roomId);
      const records = recordsIn(room, namesIn(room), known.get(roomId));
      known.set(roomId, records);
      return [...records.values()].map(({ record }) => record);
    },
    async put(roomId, record) {
      const room = folderOf(roomId);
      mkdirSync(room, { recursive: true, mode: 0o700 });
      withTemporaryFile(room, JSON.stringify(record), (file) => {
        const names = namesIn(room);
        const name = nameOf(roomId, record.id, names) ?? nextName(record.id, names);
        renameSync(file, join(room, name));
      });
    },
    async remove(roomId, id) {
      const room = folderOf(roomId);
      const name = nameOf(roomId, id, namesIn(room));
      if (name !== undefined) rmSync(join(room, name), { force: true });
    },
    // A folder that cannot be made or watched is read when the lock is taken.
    watch: (roomId, changed) =>
      orElse(
        () => watchFolder(folderOf(roomId), changed),
        () => undefined,
      ),
  };
}

function watchFolder(room: string, changed: () => void): () => void {
  mkdirSync(room, { recursive: true, mode: 0o700 });
  const watcher = watch(room, { persistent: false }, (_event, name) => {
    if (name !== null && RECORD.test(name)) changed();
  });
  watcher.on("error", () => undefined);
  return () => watcher.close();
}

function namesIn(room: string): readonly string[] {
  try {
    return readdirSync(room)
      .filter((name) => RECORD.test(name))
      .toSorted();
  } catch (error) {
    if (isCode(error, "ENOENT")) return [];
    throw error;
  }
}

/** Two processes may take one number at the same moment: then the digest decides. */
function nextName(id: string, names: readonly string[]): string {
  const number = Number.parseInt(names.at(-1) ?? "0", 10) + 1;
  return `${`${number}`.padStart(DIGITS, "0")}${endingOf(id)}`;
}

function endingOf(id: string): string {
  return `-${createHash("sha256").update(id).digest("hex")}.json`;
}

function isFormer(name: string): boolean {
  return !name.includes("-");
}

function formerNameOf(id: string, records: Records): string | undefined {
  return [...records].find(([, { record }]) => record.id === id)?.[0];
}

/** The records of a room by the name of their file, in order. */
type Records = ReadonlyMap<string, StoredRecord>;

interface StoredRecord {
  readonly record: OutboxRecord;
  /** Another file has another one. */
  readonly version: string;
}

/**
 * Reads the records in these files, those that are gone meanwhile left out.
 * @param known is not read again unless another file took its place
 */
function recordsIn(room: string, names: readonly string[], known?: Records): Records {
  const records = new Map<string, StoredRecord>();
  for (const name of names) {
    try {
      records.set(name, readRecord(join(room, name), known?.get(name)));
    } catch (error) {
      // Another process removed it meanwhile.
      if (!isCode(error, "ENOENT")) throw error;
    }
  }
  return records;
}

function readRecord(file: string, known: StoredRecord | undefined): StoredRecord {
  const { mtimeMs, ino } = statSync(file);
  const version = `${mtimeMs} ${ino}`;
  if (known?.version === version) return known;
  return { record: JSON.parse(readFileSync(file, "utf8")) as OutboxRecord, version };
}
