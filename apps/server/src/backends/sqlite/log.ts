import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { unreachable, type EntryFrame } from "@parley/protocol";
import { scheduleFlush } from "../../timing/flush-clock.ts";
import { checkItem, collectionOf, endOf, type Shelf } from "../../shelf/shelf.ts";
import { CommitWindow } from "../../log/commit-window.ts";
import { Followers } from "../../log/followers.ts";
import {
  LogUnavailable,
  StorageFull,
  numbered,
  throwUnlessUnavailable,
  type Appended,
  type Draft,
  type Page,
  type Range,
  type RoomLog,
  type Target,
} from "../../log/log.ts";
import type {
  Faults,
  FromWorker,
  Operation,
  OperationResult,
  ToWorker,
  WorkerSettings,
} from "./messages.ts";
import type { Report } from "../../log/host-reports.ts";
import { StorageError } from "./schema.ts";

interface Pending {
  readonly operation: Operation;
  answer(outcome: OperationResult): void;
}

/**
 * The embedded log: SQLite in a worker thread. All operations of one turn of the event loop, and
 * all that come while a commit runs, are the next transaction (group commit). What comes alone is
 * written at once; a busy log gathers for a window, since a commit costs more than what is in it.
 */
export class SqliteLog implements RoomLog {
  readonly #worker: Worker;
  readonly #followers = new Followers();
  #lifecycle: "open" | "closing" = "open";
  /** Not given to the worker yet. */
  #waiting: Pending[] = [];
  /** With the worker now, and not answered. */
  #batch: readonly Pending[] = [];
  /** How much the worker was given last. */
  #batchSize = 0;
  readonly #window = new CommitWindow();
  /** The next transaction, unless one runs. */
  #next: { readonly at: number; readonly cancel: () => void } | undefined;
  /** Of those who wait, how many are no appends. */
  #others = 0;

  private constructor(worker: Worker) {
    this.#worker = worker;
  }

  /**
   * Opens, or makes, the log in a data directory. If another server takes it over later, a
   * StorageError is thrown out of the event loop: there is nothing left to do but to end.
   * @param tell told what the host should know
   * @throws StorageError if the directory cannot be used
   */
  static async open(
    settings: WorkerSettings,
    tell: (report: Report) => void = () => {},
  ): Promise<SqliteLog> {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), {
      workerData: settings,
    });
    const log = new SqliteLog(worker);
    await new Promise<void>((resolve, reject) => {
      worker.once("error", reject);
      worker.on("message", (message: FromWorker) => {
        switch (message.is) {
          case "opened":
            return resolve();
          case "refused":
            return reject(new StorageError(message.why));
          case "damaged": {
            const { roomId, entries } = message.finding;
            tell({ is: "damaged", entries });
            return log.#followers.reset(roomId);
          }
          case "outcomes":
            return log.#answer(message.outcomes);
          case "late":
            return log.#followers.tell(message.roomId, message.entry);
          case "overtaken":
            // What waits for an answer gets none: the process ends, and it is sent to the other server.
            throw new StorageError(message.why);
          case "report":
            return tell(message.report);
          default:
            return unreachable(message);
        }
      });
    });
    // From now on a worker that fails is a bug, and ends the process: nothing it acknowledged is lost.
    worker.removeAllListeners("error");
    return log;
  }

  append(roomId: string, draft: Draft): Promise<Appended> {
    return this.#perform({ is: "append", roomId, draft }, (outcome) => {
      if (isUnwritten(outcome)) return outcome;
      if (outcome.is === "full") throw new StorageFull("as much is stored as may be");
      if (outcome.is !== "new") throw unexpected(outcome);
      const entry = numbered(draft, outcome.seq);
      this.#followers.tell(roomId, entry);
      return { is: "new", entry };
    });
  }

  read(roomId: string, range: Range): Promise<Page> {
    return this.#perform({ is: "read", roomId, range }, (outcome) => {
      if (outcome.is !== "page") throw unexpected(outcome);
      return outcome.page;
    });
  }

  find(roomId: string, target: Target): Promise<EntryFrame | undefined> {
    return this.#perform({ is: "find", roomId, target }, (outcome) => {
      if (outcome.is !== "found") throw unexpected(outcome);
      return outcome.entry;
    });
  }

  /** The shelf in the same database. */
  readonly shelf: Shelf = {
    get: async (key) => {
      collectionOf(key, "key");
      return this.#perform({ is: "get", key, now: Date.now() }, valueOf);
    },
    put: async (key, value, options) => {
      const item = { key, value, ...options, until: endOf(options) };
      checkItem(item);
      return this.#perform({ is: "put", item, now: Date.now() }, (outcome) => {
        if (outcome.is === "full") throw new StorageFull("as much is stored as may be");
        if (outcome.is !== "put") throw unexpected(outcome);
        return outcome.isPut;
      });
    },
    take: async (key) => {
      collectionOf(key, "key");
      return this.#perform({ is: "take", key, now: Date.now() }, valueOf);
    },
    list: async (prefix) => {
      collectionOf(prefix, "prefix");
      return this.#perform({ is: "list", prefix, now: Date.now() }, (outcome) => {
        if (outcome.is !== "items") throw unexpected(outcome);
        return outcome.items;
      });
    },
  };

  async follow(
    roomId: string,
    onEntry: (entry: EntryFrame) => void,
    onReset?: () => void,
  ): Promise<() => void> {
    return this.#followers.add(roomId, onEntry, onReset);
  }

  /** From now on the disk has these bad days and no others, for tests. */
  injectFaults(faults: Faults): void {
    this.#tell({ is: "faults", faults });
  }

  /** Finishes what is under way, closes the file and ends the thread. */
  async close(): Promise<void> {
    if (this.#lifecycle === "closing") return;
    // A last read stands behind everything that was asked for before.
    await this.read("", { limit: 0 }).catch(throwUnlessUnavailable);
    this.#lifecycle = "closing";
    const ended = once(this.#worker, "exit");
    this.#tell({ is: "close" });
    await ended;
  }

  #perform<Result>(
    operation: Operation,
    read: (outcome: OperationResult) => Result,
  ): Promise<Result> {
    if (this.#lifecycle === "closing") {
      return Promise.reject(new LogUnavailable("the log is closed"));
    }
    const { promise, resolve } = Promise.withResolvers<OperationResult>();
    this.#waiting.push({ operation, answer: resolve });
    if (operation.is === "append") this.#window.appended(performance.now());
    else this.#others += 1;
    this.#schedule();
    return promise.then(read);
  }

  /** Gives what waits to the worker at the end of the window, unless it is busy. */
  #schedule(): void {
    if (this.#batch.length > 0) return;
    const at = this.#window.dueAt(this.#others > 0 ? undefined : this.#waiting.length);
    if (this.#next && this.#next.at <= at) return;
    this.#next?.cancel();
    const cancel = scheduleFlush(at - performance.now(), () => this.#give());
    this.#next = { at, cancel };
  }

  #give(): void {
    this.#next = undefined;
    this.#window.given(performance.now());
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#others = 0;
    // No append waits for a read that was asked for with it: the worker answers in this order.
    this.#batch = [
      ...waiting.filter(({ operation }) => operation.is !== "read"),
      ...waiting.filter(({ operation }) => operation.is === "read"),
    ];
    this.#batchSize = waiting.length;
    this.#tell({ is: "batch", operations: this.#batch.map(({ operation }) => operation) });
  }

  #answer(outcomes: readonly OperationResult[]): void {
    const batch = this.#batch;
    this.#batch = batch.slice(outcomes.length);
    for (const [index, outcome] of outcomes.entries()) batch[index]?.answer(outcome);
    const hasMore = this.#waiting.length > 0;
    this.#window.answered(hasMore ? this.#batchSize : 0);
    if (hasMore) this.#schedule();
  }

  #tell(message: ToWorker): void {
    this.#worker.postMessage(message);
  }
}

/** Whether nothing was written, as the draft itself is to blame. */
function isUnwritten(
  outcome: OperationResult,
): outcome is Exclude<Appended, { readonly is: "new" }> {
  return ["repeat", "conflict", "stale", "unknown_target", "too_many_settings"].includes(
    outcome.is,
  );
}

function valueOf(outcome: OperationResult): string | undefined {
  if (outcome.is !== "value") throw unexpected(outcome);
  return outcome.value;
}

/** A disk that did not do its part is temporary; any other outcome of the wrong kind is a bug. */
function unexpected(outcome: OperationResult): Error {
  if (outcome.is === "failed") return new LogUnavailable(outcome.why);
  return new Error(`the worker answered with ${outcome.is}`);
}
