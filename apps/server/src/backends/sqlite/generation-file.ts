import { closeSync, fdatasyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { syncDirectory } from "./durable-directory.ts";

/** The name of the file that says which generation of the database belongs to its directory. */
export const GENERATION_FILE = "parley.generation";

/** The generation beside a database (ownership.ts). */
export class GenerationFile {
  readonly #dataDir: string;
  readonly #path: string;
  #value: string | undefined;

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
    this.#path = join(dataDir, GENERATION_FILE);
    // What is read now is still there after a power cut.
    syncDirectory(dataDir);
    this.#value = readIfThere(this.#path);
  }

  /** What it says: `""` if it is not there, undefined if a write failed and nobody knows. */
  get value(): string | undefined {
    return this.#value;
  }

  /**
   * Replaces what it says; durable when this returns. All values are of one length, and shorter than
   * what a disk writes at once: a power cut leaves the old one or the new one.
   * @throws Error if the disk does not do its part
   */
  write(generation: string): void {
    const isNew = this.#value === "";
    this.#value = undefined;
    const fd = openSync(this.#path, isNew ? "w" : "r+");
    try {
      writeSync(fd, `${generation}\n`, 0);
      fdatasyncSync(fd);
    } finally {
      closeSync(fd);
    }
    if (isNew) syncDirectory(this.#dataDir);
    this.#value = generation;
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}
