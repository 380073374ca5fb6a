import type { DatabaseSync } from "node:sqlite";
import { GENERATION_FILE } from "./generation-file.ts";
import { birthOf } from "./ownership.ts";
import { renewEpochs } from "./recovery.ts";
import { DATABASE_FILE, StorageError } from "./schema.ts";

interface LogRow {
  readonly generation: string;
  readonly file_generation: string;
  readonly born: string;
  readonly is_backup: number;
}

/**
 * Gives a log that was put back or copied another epoch, as it is opened: clients say so instead of
 * mixing two pasts (SPEC O3, R5). Each of two servers that open the same copy makes its own.
 * @param dataDir where its database is; to be locked
 * @param inFile the generation in the file beside it
 * @throws StorageError if that cannot be written
 * @returns why there is another epoch; undefined if the past goes on
 */
export function renewEpochOfCopy(
  db: DatabaseSync,
  dataDir: string,
  inFile: string,
): string | undefined {
  const row = db.prepare("SELECT * FROM log").get() as unknown as LogRow;
  const born = birthOf(dataDir);
  const why = whyAnother(row, inFile, born);
  if (why === undefined) return undefined;
  try {
    db.exec("BEGIN IMMEDIATE");
    renewEpochs(db);
    db.prepare("UPDATE log SET is_backup = 0, generation = ?, file_generation = ?, born = ?").run(
      inFile,
      inFile,
      born,
    );
    db.exec("COMMIT");
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    const reason = error instanceof Error ? error.message : String(error);
    throw new StorageError(
      `${dataDir} is to get a new epoch, since ${why}, and that failed: ${reason}.`,
      { cause: error },
    );
  }
  return why;
}

function whyAnother(row: LogRow, inFile: string, born: string): string | undefined {
  if (row.is_backup === 1) return "it was put back from a backup";
  if (inFile !== row.generation && inFile !== row.file_generation) {
    return `${DATABASE_FILE} and ${GENERATION_FILE} are not of the same moment`;
  }
  if (row.born !== "" && born !== "" && row.born !== born) {
    return `${DATABASE_FILE} is a copy of the file that was written to`;
  }
  return undefined;
}
