import type { DatabaseSync, StatementSync } from "node:sqlite";
import { emptyWal } from "./sqlite-wal.ts";

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

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#begin = db.prepare("BEGIN IMMEDIATE");
    this.#commit = db.prepare("COMMIT");
  }

  /**
   * Runs `work` as one transaction: all of it is durable when this returns, or none of it is
   * there and the error is thrown. Where an index has not what its table has, the index is made
   * again and the work done once more.
   * @param onFailed called after each attempt that failed
   */
  run<Result>(work: () => Result, onFailed: () => void): Result {
    try {
      return this.#attempt(work, onFailed);
    } catch (error) {
      if ((error as { readonly errcode?: number }).errcode !== CORRUPT_INDEX) throw error;
      this.#db.exec("REINDEX entry");
      return this.#attempt(work, onFailed);
    }
  }

  #attempt<Result>(work: () => Result, onFailed: () => void): Result {
    if (this.#wal === "suspect") emptyWal(this.#db);
    this.#wal = "sound";
    this.#begin.run();
    try {
      const result = work();
      this.#commit.run();
      return result;
    } catch (error) {
      this.#wal = "suspect";
      onFailed();
      // A full disk may have ended the transaction already.
      if (this.#db.isTransaction) this.#db.exec("ROLLBACK");
      throw error;
    }
  }
}
