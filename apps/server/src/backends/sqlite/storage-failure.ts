/** What SQLite says if a disk, a file or another process keeps it from its work (sqlite.org/rescode.html). */
const RESULT_CODES: ReadonlySet<number> = new Set([
  5, // BUSY
  7, // NOMEM
  8, // READONLY
  10, // IOERR
  11, // CORRUPT
  13, // FULL
  14, // CANTOPEN
  26, // NOTADB
]);

/** Whether the system or the disk did not do its part; an error of any other kind is a bug. */
export function isStorageFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("errcode" in error) return RESULT_CODES.has(Number(error.errcode) & 0xff);
  return "syscall" in error;
}
