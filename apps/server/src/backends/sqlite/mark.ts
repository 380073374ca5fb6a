import { closeSync, constants, openSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";
import { checksumOf } from "./checksum.ts";
import { isStorageFailure } from "./storage-failure.ts";

/** The name of the mark in its data directory. */
export const MARK_FILE = "parley.mark";
/** A count and its checksum, in bytes. */
const MARK_BYTES = 12;

/**
 * How many entries a log had when it last acknowledged one, in a file beside the database. SQLite
 * takes a damaged end of its write-ahead log for one that was never finished; what is missing
 * from there is known by this. It is written after the entries were synced and is not synced
 * itself: a kill leaves it exact, and after a power cut it is never ahead of what was synced.
 */
export class AcknowledgedMark {
  readonly #fd: number;
  readonly #bytes = Buffer.alloc(MARK_BYTES);
  #count: number;

  private constructor(fd: number) {
    this.#fd = fd;
    this.#count = this.#read();
  }

  static open(dataDir: string): AcknowledgedMark {
    const flags = constants.O_RDWR | constants.O_CREAT;
    return new AcknowledgedMark(openSync(join(dataDir, MARK_FILE), flags, 0o600));
  }

  /** 0 if nothing is known. */
  get count(): number {
    return this.#count;
  }

  /** Says how many there are now, before the last of them is acknowledged. */
  set(count: number): void {
    if (count === this.#count) return;
    this.#count = count;
    this.#bytes.writeDoubleLE(count, 0);
    this.#bytes.writeUInt32LE(checksumOf(count), 8);
    try {
      writeSync(this.#fd, this.#bytes, 0, MARK_BYTES, 0);
    } catch (error) {
      if (!isStorageFailure(error)) throw error;
      // The entries are durable all the same; the mark stays behind them.
    }
  }

  close(): void {
    closeSync(this.#fd);
  }

  #read(): number {
    const size = readSync(this.#fd, this.#bytes, 0, MARK_BYTES, 0);
    const count = this.#bytes.readDoubleLE(0);
    const isWhole = size === MARK_BYTES && this.#bytes.readUInt32LE(8) === checksumOf(count);
    return isWhole ? count : 0;
  }
}
