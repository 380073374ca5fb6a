import { randomUUID } from "node:crypto";
import { statSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { GenerationFile } from "./generation-file.ts";
import { DATABASE_FILE, StorageError } from "./schema.ts";
import { isStorageFailure } from "./storage-failure.ts";

/** Another server writes to this log now: what this one knows of it is out of date for good. */
export class Overtaken extends StorageError {}

/**
 * Which server owns the log. A generation is a random value, new with each server that opens a log and
 * once more when it closes it. It stands in the database and in a file beside it.
 *
 * Each transaction looks whether the database still has this server's. So the last server that
 * opened it is the one that writes, also if somebody took the lock away.
 *
 * A database that was put back by hand has another one than the file (past.ts). The database
 * is written first, with what the file said until then: a crash between the two is told apart.
 */
export class Ownership {
  readonly #dataDir: string;
  readonly #file: GenerationFile;
  readonly #current: StatementSync;
  readonly #change: StatementSync;
  readonly #mine: string;
  #lifecycle: "unclaimed" | "claiming" | "owner" = "unclaimed";

  /** @param mine a value that no other server has */
  constructor(
    db: DatabaseSync,
    dataDir: string,
    file: GenerationFile,
    mine: string = randomUUID(),
  ) {
    this.#dataDir = dataDir;
    this.#file = file;
    this.#mine = mine;
    this.#current = db.prepare("SELECT generation FROM log");
    this.#change = db.prepare("UPDATE log SET generation = ?, file_generation = ?, born = ?");
  }

  /**
   * To be called first in each transaction that writes. The first one takes the log over.
   * @returns whether it does so now: what was read before may be out of date
   * @throws Overtaken if another server took it over since
   */
  hold(): boolean {
    if (this.#lifecycle === "owner") {
      this.check();
      return false;
    }
    this.#lifecycle = "claiming";
    this.#change.run(this.#mine, this.#file.value ?? "", birthOf(this.#dataDir));
    return true;
  }

  /** @throws Overtaken if another server took the log over since this one did */
  check(): void {
    if (this.#lifecycle !== "owner") return;
    if (this.#current.get()?.["generation"] === this.#mine) return;
    throw new Overtaken(
      `Another server has taken over ${this.#dataDir}. This one stores nothing more and ends.`,
    );
  }

  /** To be called when a transaction was committed. */
  committed(): void {
    if (this.#lifecycle !== "claiming") return;
    this.#lifecycle = "owner";
    this.#write(this.#mine);
  }

  /**
   * Gives the log a generation that is nobody's, so that a copy from before is told apart from one
   * that is made later. A disk that is full keeps the last one, and so does a log that
   * another server took over.
   * @param transaction runs work as a transaction that holds the log
   */
  leave(transaction: (work: () => void) => void): void {
    // The file says otherwise before the log was taken over, and nobody knows what a file that could
    // not be written says after a power cut.
    if (this.#file.value !== this.#mine) return;
    const next = randomUUID();
    try {
      transaction(() => this.#change.run(next, this.#mine, birthOf(this.#dataDir)));
    } catch (error) {
      if (error instanceof Overtaken || isStorageFailure(error)) return;
      throw error;
    }
    this.#write(next);
  }

  #write(generation: string): void {
    try {
      this.#file.write(generation);
    } catch (error) {
      if (!isStorageFailure(error)) throw error;
      // The database says what the file had, and that is accepted as well.
    }
  }
}

/**
 * When the file of the database was made, in ns: a copy has another one, and nothing that is done
 * to the file later changes it. `""` if the system does not say.
 */
export function birthOf(dataDir: string): string {
  const { birthtimeNs, ctimeNs } = statSync(join(dataDir, DATABASE_FILE), { bigint: true });
  // If it is not known, it is 0 or the time of the last change.
  return birthtimeNs === 0n || birthtimeNs === ctimeNs ? "" : String(birthtimeNs);
}
