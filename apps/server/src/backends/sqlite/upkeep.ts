import type { DatabaseSync, StatementSync } from "node:sqlite";
import { INCREMENTAL } from "./schema.ts";
import type { SqliteStore } from "./store.ts";

/** Maintenance of a database. */
export class Upkeep {
  readonly #db: DatabaseSync;
  readonly #store: SqliteStore;
  readonly #pages: StatementSync;
  readonly #freePages: StatementSync;

  constructor(db: DatabaseSync, store: SqliteStore) {
    this.#db = db;
    this.#store = store;
    this.#pages = db.prepare("PRAGMA page_count");
    this.#freePages = db.prepare("PRAGMA freelist_count");
  }

  /** When the last entry of all was written, by the clock of then; undefined: there is none. */
  lastAt(): number | undefined {
    const last = this.#db.prepare(LAST_BUFFERED).get() ?? this.#db.prepare(LAST_FLUSHED).get();
    const at = last?.["at"];
    return typeof at === "number" ? at : undefined;
  }

  /**
   * Gives free pages back to the disk, if the database can and has many.
   * @param kept how many stay for what comes
   * @param pages how many go at the most
   * @returns whether any went
   */
  shrink(kept: number, pages: number): boolean {
    const free = this.#freeCount;
    const going = Math.min(free - kept, pages);
    if (going <= 0 || this.#pragma("auto_vacuum") !== INCREMENTAL) return false;
    this.#store.transaction(() => this.#db.exec(`PRAGMA incremental_vacuum(${going})`));
    return this.#freeCount < free;
  }

  /** How many bytes of the file are used; the rest of it is free for what comes. */
  usedBytes(): number {
    const pages = Number(this.#pages.get()?.["page_count"]);
    return (pages - this.#freeCount) * PAGE_BYTES;
  }

  /** Commits something that changes nothing. */
  touch(): void {
    const version = this.#pragma("user_version");
    this.#store.transaction(() => this.#db.exec(`PRAGMA user_version = ${version}`));
  }

  /** Brings the write-ahead log into the database, as far as nobody reads it. */
  checkpoint(): void {
    this.#db.exec("PRAGMA wal_checkpoint(PASSIVE)");
  }

  get #freeCount(): number {
    return Number(this.#freePages.get()?.["freelist_count"]);
  }

  #pragma(name: string): number {
    return Number(this.#db.prepare(`PRAGMA ${name}`).get()?.[name]);
  }
}

const PAGE_BYTES = 4_096;
const LAST_BUFFERED = "SELECT at FROM fresh ORDER BY n DESC LIMIT 1";
const LAST_FLUSHED = "SELECT max(at) AS at FROM room JOIN entry ON entry.room = key AND seq = head";
