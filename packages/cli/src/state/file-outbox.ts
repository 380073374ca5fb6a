import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch } from "node:fs";
import { join } from "node:path";
import type { Outbox, OutboxRecord } from "@parley/client";
import { withTemporaryFile } from "./private-file.ts";
import { isCode } from "./state-folder.ts";

const DIGITS = 12;
const RECORD = /^\d{12}\.json$/;

/**
 * An outbox in files, shared by one user's processes: a folder for each room, a file for each
 * record. File names are numbers that give the order; the first process to link a name owns it.
 * Calls are synchronous, so that they take effect in order and a process that ends loses nothing.
 */
export function fileOutbox(folder: string): Outbox {
  const folderOf = (roomId: string) => join(folder, roomId);
  return {
    async load(roomId) {
      return recordsIn(folderOf(roomId)).map(({ record }) => record);
    },
    async put(roomId, record) {
      const room = folderOf(roomId);
      mkdirSync(room, { recursive: true, mode: 0o700 });
      const place = recordsIn(room).find((known) => known.record.id === record.id);
      withTemporaryFile(room, JSON.stringify(record), (file) => {
        if (place) renameSync(file, join(room, place.name));
        else linkAtEnd(room, file);
      });
    },
    async remove(roomId, id) {
      const room = folderOf(roomId);
      const place = recordsIn(room).find(({ record }) => record.id === id);
      if (place) rmSync(join(room, place.name), { force: true });
    },
    watch(roomId, changed) {
      const room = folderOf(roomId);
      mkdirSync(room, { recursive: true, mode: 0o700 });
      const watcher = watch(room, { persistent: false }, (_event, name) => {
        if (name !== null && RECORD.test(name)) changed();
      });
      // A folder that cannot be watched is read when the lock is taken.
      watcher.on("error", () => undefined);
      return () => watcher.close();
    },
  };
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

interface Place {
  readonly name: string;
  readonly record: OutboxRecord;
}

function recordsIn(room: string): readonly Place[] {
  return namesIn(room).flatMap((name) => {
    try {
      const text = readFileSync(join(room, name), "utf8");
      return [{ name, record: JSON.parse(text) as OutboxRecord }];
    } catch (error) {
      // Another process removed it meanwhile.
      if (isCode(error, "ENOENT")) return [];
      throw error;
    }
  });
}

/** Gives a file the next number; another process may take that number first. */
function linkAtEnd(room: string, file: string): void {
  for (let number = Number.parseInt(namesIn(room).at(-1) ?? "0", 10) + 1; ; number += 1) {
    try {
      linkSync(file, join(room, `${`${number}`.padStart(DIGITS, "0")}.json`));
      return;
    } catch (error) {
      if (!isCode(error, "EEXIST")) throw error;
    }
  }
}
