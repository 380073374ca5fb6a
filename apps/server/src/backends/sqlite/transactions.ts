import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Ownership } from "./ownership.ts";
import { emptyWal } from "./wal.ts";

/** SQLITE_CORRUPT_INDEX, as SQLite numbers it. */
const CORRUPT_INDEX = 779;

/** The transactions of a connection, one at a time. */
export class Transactions {
  readonly #db: DatabaseSync;
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  /**
   * Whether all of the write-ahead log can be relied on. After a start, and after a transaction that
   * failed, it is emptied before anything is written.
   */
  #wal: "suspect" | "sound" = "suspect";

  readonly #ownership: Ownership | undefined;

  /** @param ownership makes sure that no other server writes; without it, none does */
  constructor(db: DatabaseSync, ownership?: Ownership) {
    this.#db = db;
    this.#ownership = ownership;
    this.#begin = db.prepare("BEGIN IMMEDIATE");
    this.#commit = db.prepare("COMMIT");
  }

  /**
   * Runs `work` as one transaction: all of it is durable when this returns, or none of it is
   * there and the error is thrown. If an index has not what its table has, the index is made
   * again and the work done once more.
   * @param forget called after each attempt that failed, and before one that takes the log over: what
   * was read is to be read again
   * @throws Overtaken if another server took the log over
   */
  run<Result>(work: () => Result, forget: () => void): Result {
    try {
      return this.#attempt(work, forget);
    } catch (error) {
      if ((error as { readonly errcode?: number }).errcode !== CORRUPT_INDEX) throw error;
      this.#db.exec("REINDEX entry");
      return this.#attempt(work, forget);
    }
  }

  #attempt<Result>(work: () => Result, forget: () => void): Result {
    if (this.#wal === "suspect") emptyWal(this.#db);
    this.#wal = "sound";
    this.#begin.run();
    try {
      if (this.#ownership?.hold()) forget();
      const result = work();
      this.#commit.run();
      this.#ownership?.committed();
      return result;
    } catch (error) {
      this.#wal = "suspect";
      forget();
      // A full disk may have ended the transaction already.
      if (this.#db.isTransaction) this.#db.exec("ROLLBACK");
      throw error;
    }
  }
}
