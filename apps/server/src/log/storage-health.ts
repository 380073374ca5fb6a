/**
 * What keeps a server from storing messages. The words are stable: `/readyz` answers with them, and
 * `/metrics` has them as a label.
 */
export const storageTroubles = [
  "disk_full",
  "disk_failing",
  "data_dir_gone",
  "storage_full",
  "redis_down",
  "redis_full",
  "replicas_missing",
] as const;
export type StorageTrouble = (typeof storageTroubles)[number];

/** The trouble, with its cause in words for the host. */
export interface Troubled {
  readonly trouble: StorageTrouble;
  readonly why: string;
}

const SENTENCES: Record<StorageTrouble, string> = {
  disk_full: "the disk is full",
  disk_failing: "the disk fails",
  data_dir_gone: "the files in DATA_DIR are gone. Put them back as they were, or restart",
  storage_full: "as much is stored as DATA_GB allows",
  redis_down: "Redis is away",
  redis_full: "Redis is full",
  replicas_missing: "fewer replicas than REDIS_WAIT_REPLICAS have what is written",
};

/** The log of the process, as far as it is needed here. */
export interface Journal {
  info(facts: object, text: string): void;
  warn(facts: object, text: string): void;
  error(facts: object, text: string): void;
}

/** Knows whether messages can be stored, and tells the host once when that changes, both ways. */
export class StorageHealth {
  readonly #logger: Journal;
  readonly #clock: () => number;
  #trouble: StorageTrouble | undefined;
  #since = 0;

  /** @param clock steady, in ms */
  constructor(logger: Journal, clock = () => performance.now()) {
    this.#logger = logger;
    this.#clock = clock;
  }

  /** What is wrong now, if anything. */
  get trouble(): StorageTrouble | undefined {
    return this.#trouble;
  }

  /** Takes what a log finds out; what it knows already is not told again. */
  is(found: Troubled | undefined): void {
    const before = this.#trouble;
    if (found?.trouble === before) return;
    this.#trouble = found?.trouble;
    if (found) {
      const { trouble, why } = found;
      if (before === undefined) this.#since = this.#clock();
      this.#logger.error({ trouble, why }, `no message can be stored: ${SENTENCES[trouble]}`);
    } else {
      const seconds = Math.round((this.#clock() - this.#since) / 1_000);
      this.#logger.info({ trouble: before, seconds }, "messages are stored again");
    }
  }
}
