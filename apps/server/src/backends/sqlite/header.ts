import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";

/** In the header of a database: how it is to be read, and what that is if it keeps no WAL. */
const HEADER_BYTES = 100;
const READ_VERSION_AT = 19;
const WITHOUT_WAL = 1;

/** Whether a write-ahead log lies beside a database that keeps none. */
export function hasForeignWal(file: string): boolean {
  const wal = `${file}-wal`;
  if (!existsSync(file) || !existsSync(wal) || statSync(wal).size === 0) return false;
  return !keepsWal(file);
}

/** Whether the header of a database says that it has a write-ahead log. */
function keepsWal(file: string): boolean {
  const header = Buffer.alloc(HEADER_BYTES);
  const fd = openSync(file, "r");
  try {
    readSync(fd, header, 0, HEADER_BYTES, 0);
  } finally {
    closeSync(fd);
  }
  return header[READ_VERSION_AT] !== WITHOUT_WAL;
}
