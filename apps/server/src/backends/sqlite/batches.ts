import { unreachable, type EntryFrame } from "@parley/protocol";
import { numbered } from "../../log/log.ts";
import type { StorageCap } from "./cap.ts";
import type { DiskWatch } from "./disk.ts";
import type { AcknowledgedMark } from "./mark.ts";
import type { Faults, FromWorker, Operation, OperationResult } from "./messages.ts";
import { Overtaken } from "./ownership.ts";
import type { SqliteStore } from "./store.ts";

export interface BatchDeps {
  readonly store: SqliteStore;
  readonly disk: Pick<DiskWatch, "check" | "stored" | "failed">;
  readonly mark: Pick<AcknowledgedMark, "set">;
  readonly cap: Pick<StorageCap, "look" | "admits">;
  readonly faults: () => Faults;
  readonly reply: (message: FromWorker) => void;
}

/** A batch of operations is one transaction; its answer goes out when it is durable (SPEC D1). */
export class Batches {
  readonly #deps: BatchDeps;
  /**
   * What was committed and not acknowledged, since the files were gone by then. Followers hear of it
   * once the files are back, before they hear of what comes after it.
   */
  #unacknowledged: { readonly roomId: string; readonly entry: EntryFrame }[] = [];

  constructor(deps: BatchDeps) {
    this.#deps = deps;
  }

  /**
   * What is to be written, and looked up for it, is answered before anything is read. Followers hear
   * of a new epoch before they hear of what was appended to it.
   * @throws Overtaken if another server took the log over
   */
  answer(operations: readonly Operation[]): void {
    const { store, reply } = this.#deps;
    const firstRead = operations.findIndex(({ is }) => is === "read");
    const end = firstRead === -1 ? operations.length : firstRead;
    for (const part of [operations.slice(0, end), operations.slice(end)]) {
      if (part.length === 0) continue;
      const outcomes = this.#perform(part);
      for (const finding of store.takeFindings()) reply({ is: "damaged", finding });
      reply({ is: "outcomes", outcomes });
    }
  }

  #perform(operations: readonly Operation[]): OperationResult[] {
    const { store, disk, mark, cap, faults } = this.#deps;
    const writes = operations.some(isWrite);
    if (!writes) return operations.map((operation) => attempt(() => this.#one(operation)));
    try {
      const outcomes = store.transaction(() => {
        cap.look();
        const done = operations.map((operation) => this.#one(operation));
        if (faults().failing) throw new Error("the disk is made to fail");
        disk.check();
        return done;
      });
      delay(faults().commitDelayMs);
      this.#checkCommitted(operations, outcomes);
      mark.set(store.newest);
      disk.stored();
      return outcomes;
    } catch (error) {
      if (error instanceof Overtaken) throw error;
      disk.failed(error);
      // What was to be written is refused; what was to be read is still there.
      return operations.map((operation) =>
        isWrite(operation) ? failed(error) : attempt(() => this.#one(operation)),
      );
    }
  }

  /** What was committed to a file that nobody finds again is not acknowledged. */
  #checkCommitted(operations: readonly Operation[], outcomes: readonly OperationResult[]): void {
    const { disk, reply } = this.#deps;
    try {
      disk.check();
    } catch (error) {
      for (const [at, operation] of operations.entries()) {
        const outcome = outcomes[at];
        if (operation.is !== "append" || outcome?.is !== "new") continue;
        const { roomId, draft } = operation;
        this.#unacknowledged.push({ roomId, entry: numbered(draft, outcome.seq) });
      }
      throw error;
    }
    for (const late of this.#unacknowledged) reply({ is: "late", ...late });
    this.#unacknowledged = [];
  }

  #one(operation: Operation): OperationResult {
    switch (operation.is) {
      case "append":
        return this.#deps.store.append(operation.roomId, operation.draft, (known) =>
          this.#deps.cap.admits(known),
        );
      case "read":
        return { is: "page", page: this.#deps.store.read(operation.roomId, operation.range) };
      case "find":
        return { is: "found", entry: this.#deps.store.find(operation.roomId, operation.target) };
      case "get":
        return { is: "value", value: this.#deps.store.shelf.get(operation.key, operation.now) };
      case "take":
        return { is: "value", value: this.#deps.store.shelf.take(operation.key, operation.now) };
      case "put":
        if (!this.#deps.cap.admits(true) && this.#isMore(operation)) return { is: "full" };
        return { is: "put", isPut: this.#deps.store.shelf.put(operation.item, operation.now) };
      case "list":
        return { is: "items", items: this.#deps.store.shelf.list(operation.prefix, operation.now) };
      default:
        return unreachable(operation);
    }
  }

  /** Whether a put may add a key to the shelf; others remove or replace what is there, or do nothing. */
  #isMore({ item, now }: Extract<Operation, { is: "put" }>): boolean {
    const { key, until, onlyIf } = item;
    if (until <= now || typeof onlyIf === "string") return false;
    return this.#deps.store.shelf.get(key, now) === undefined;
  }
}

function isWrite({ is }: Operation): boolean {
  return is === "append" || is === "put" || is === "take";
}

function attempt(work: () => OperationResult): OperationResult {
  try {
    return work();
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown): OperationResult {
  return { is: "failed", why: error instanceof Error ? error.message : String(error) };
}

function delay(ms: number | undefined): void {
  if (ms) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
