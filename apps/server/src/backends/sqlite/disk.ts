import { closeSync, fsyncSync, openSync, rmSync, statfsSync, writeSync } from "node:fs";
import { join } from "node:path";
import { FilesGone, OpenedFiles } from "./files.ts";
import { DATABASE_FILE } from "./schema.ts";
import type { StorageTrouble, Troubled } from "../../log/storage-health.ts";

/** How often the disk is looked at, in ms. */
export const LOOK_EVERY_MS = 1_000;
/** A trouble is over after this long in which nobody was refused, in ms, or once something was stored. */
export const QUIET_MS = 30_000;
/**
 * A disk that was full has room again when so many bytes are free: a write-ahead log that is emptied
 * gives some back, which the next messages take.
 */
export const ROOM_BYTES = 8 * 1024 * 1024;
/** Or, on a disk that never has so much, after this long in which nothing was refused, in ms. */
export const PEACE_MS = 60_000;
/** What is written to try a disk, in bytes. */
const PROBE_BYTES = 64 * 1024;
const PROBE_FILE = "parley.probe";
const SQLITE_FULL = 13;

/**
 * Watches the disk under an open database: finds out why it does not store, and when it does again.
 * A disk with room for one byte does not count as well: it has to take a probe.
 */
export class DiskWatch {
  readonly #dataDir: string;
  readonly #commit: () => void;
  readonly #files: OpenedFiles;
  readonly #tell: (found: Troubled | undefined) => void;
  readonly #clock: () => number;
  readonly #free: (directory: string) => number;
  #state:
    | { readonly is: "well" }
    | {
        readonly is: "troubled";
        readonly trouble: StorageTrouble;
        readonly failedAt: number;
        readonly hasStored: boolean;
      } = { is: "well" };

  /**
   * @param commit commits something that changes nothing
   * @param tell told at each look what is wrong, while something is, and once when it is over
   * @param clock steady, in ms
   * @param free how many bytes are free where a directory is
   */
  constructor(
    dataDir: string,
    commit: () => void,
    tell: (found: Troubled | undefined) => void,
    clock = () => performance.now(),
    free = freeBytes,
  ) {
    this.#free = free;
    this.#dataDir = dataDir;
    this.#commit = commit;
    this.#tell = tell;
    this.#clock = clock;
    this.#files = new OpenedFiles(dataDir, [DATABASE_FILE, `${DATABASE_FILE}-wal`]);
  }

  /**
   * To be called before a commit and before it is acknowledged: a few microseconds.
   * @throws if what was opened is not there any more, so that a commit would be worth nothing
   */
  check(): void {
    this.#files.check();
  }

  /** Something was stored. */
  stored(): void {
    if (this.#state.is === "troubled") this.#state = { ...this.#state, hasStored: true };
  }

  /** Something could not be stored. */
  failed(error: unknown): void {
    const failedAt = this.#clock();
    if (this.#state.is === "troubled") {
      this.#state = { ...this.#state, failedAt, hasStored: false };
      return;
    }
    const found = this.#found(error);
    this.#state = { is: "troubled", trouble: found.trouble, failedAt, hasStored: false };
    this.#tell(found);
  }

  /** Looks whether all is well; to be called now and then. */
  look(): void {
    try {
      this.#files.checkEach();
      if (this.#state.is === "well") return;
      this.#probe();
    } catch (error) {
      if (this.#state.is === "well") return this.failed(error);
      const found = this.#found(error);
      this.#state = { ...this.#state, trouble: found.trouble };
      this.#tell(found);
      return;
    }
    const { trouble, hasStored, failedAt } = this.#state;
    const peace = this.#clock() - failedAt;
    const hasRoom = trouble !== "disk_full" || this.#free(this.#dataDir) >= ROOM_BYTES;
    const isOver = hasRoom ? hasStored || peace >= QUIET_MS : hasStored && peace >= PEACE_MS;
    if (!isOver) return;
    this.#state = { is: "well" };
    this.#tell(undefined);
  }

  #found(error: unknown): Troubled {
    const why = error instanceof Error ? error.message : String(error);
    if (error instanceof FilesGone) return { trouble: "data_dir_gone", why };
    return { trouble: isFull(error) || this.#isFull() ? "disk_full" : "disk_failing", why };
  }

  /** SQLite does not say of every write that it failed for want of room. */
  #isFull(): boolean {
    try {
      this.#writeProbe();
      return false;
    } catch (error) {
      return isFull(error);
    }
  }

  /** Writes beside the database, and commits something that changes nothing. */
  #probe(): void {
    this.#writeProbe();
    this.#commit();
  }

  #writeProbe(): void {
    const path = join(this.#dataDir, PROBE_FILE);
    try {
      const file = openSync(path, "w");
      try {
        writeSync(file, Buffer.alloc(PROBE_BYTES));
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
    } finally {
      rmSync(path, { force: true });
    }
  }
}

function freeBytes(directory: string): number {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize;
}

function isFull(error: unknown): boolean {
  const { errcode, code } = error as { readonly errcode?: number; readonly code?: string };
  if (errcode !== undefined) return (errcode & 0xff) === SQLITE_FULL;
  return code === "ENOSPC" || code === "EDQUOT";
}
