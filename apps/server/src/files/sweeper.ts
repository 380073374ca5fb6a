import { randomUUID } from "node:crypto";
import { StorageFull, throwUnlessUnavailable, type RoomLog } from "../log/log.ts";
import type { Shelf } from "../shelf/shelf.ts";
import type { CancelTimer, Timers } from "../timing/timer-wheel.ts";
import { fileIdOf, storeIdOf } from "./file-ids.ts";
import { asking, remove, type Files } from "./files.ts";
import { UNSAID_MS, type Manifest } from "./manifest.ts";
import { isOwnPlace, PLACE_ID } from "./place.ts";

/** How often one of all servers checks all files, in ms: so removed within an hour (SPEC B4). */
const SWEEP_EVERY_MS = 1_200_000;
/** How often a server checks whether a sweep is due, in ms. */
const LOOK_EVERY_MS = 300_000;
/** The count of the last sweep. It expires when the next sweep is due. */
const LAST = "filesweep:last";

export interface SweeperDeps {
  readonly log: Pick<RoomLog, "find">;
  readonly shelf: Shelf;
  readonly timers: Timers;
  /** In ms since 1970. */
  readonly now: () => number;
  /** The store belongs to other messages: nothing is removed. */
  readonly onOthers: () => void;
  /** Files were deleted, so many. */
  readonly onDeleted: (files: number) => void;
  /** Reports an unexpected error: a bug. */
  readonly onFailure: (error: unknown) => void;
}

interface Sweep {
  readonly id: string;
  /** The bytes of all files; undefined until the sweep is done. */
  readonly bytes?: number;
}

/**
 * Removes files that no message has: those that were not sent within a day, and those whose message
 * was deleted, trimmed or aged out, or whose room has another log. Of the servers that share a shelf,
 * one at a time sweeps, and puts its count on the shelf for the others.
 */
export class Sweeper {
  readonly #files: Files;
  readonly #deps: SweeperDeps;
  /** The sweep whose count this server has. */
  #known: string | undefined;
  #cancel: CancelTimer = () => undefined;
  #round: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(files: Files, deps: SweeperDeps) {
    this.#files = files;
    this.#deps = deps;
  }

  /** Checks now, and from then on. */
  start(): void {
    if (this.#isClosed) return;
    this.#cancel = this.#deps.timers.after(LOOK_EVERY_MS, () => this.start());
    this.#round = this.look().catch(throwUnlessUnavailable).catch(this.#deps.onFailure);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancel();
    await this.#round;
  }

  /** Sweeps if no server did lately; otherwise reads the count. Throws LogUnavailable. */
  async look(): Promise<void> {
    const { shelf, now } = this.#deps;
    const until = now() + SWEEP_EVERY_MS;
    const sweep: Sweep = { id: randomUUID() };
    const begun = JSON.stringify(sweep);
    const isTurn = shelf.put(LAST, begun, { until, onlyIf: null }).catch(trueIfFull);
    if (!(await isTurn)) return this.#learn();
    const bytes = await this.#sweep();
    if (bytes === undefined) return undefined;
    this.#count({ ...sweep, bytes });
    await shelf.put(LAST, JSON.stringify({ ...sweep, bytes }), { until, onlyIf: begun });
    return undefined;
  }

  async #learn(): Promise<void> {
    const last = await this.#deps.shelf.get(LAST);
    if (last !== undefined) this.#count(JSON.parse(last) as Sweep);
  }

  #count({ id, bytes }: Sweep): void {
    if (bytes === undefined || id === this.#known) return;
    this.#known = id;
    this.#files.usage.counted(bytes);
  }

  /** @returns the bytes of all files; undefined if the sweep was stopped */
  async #sweep(): Promise<number | undefined> {
    const { store } = this.#files;
    const isOwn = await this.#isOwn();
    if (!isOwn) this.#deps.onOthers();
    let bytes = 0;
    let deleted = 0;
    try {
      for await (const storeIds of store.list()) {
        for (const storeId of storeIds) {
          if (this.#isClosed) return undefined;
          if (storeId === PLACE_ID) continue;
          const size = await this.#lookAt(storeId, isOwn);
          if (size === undefined) deleted += 1;
          else bytes += size;
        }
      }
    } finally {
      if (deleted > 0) this.#deps.onDeleted(deleted);
    }
    return bytes;
  }

  #isOwn(): Promise<boolean> {
    return isOwnPlace(this.#files.store, this.#deps.shelf);
  }

  /**
   * @param isOwn whether the store belonged to this shelf when the sweep began
   * @returns its size in bytes, 0 if it is another's; undefined if it was deleted
   */
  async #lookAt(storeId: string, isOwn: boolean): Promise<number | undefined> {
    const { manifests, store } = this.#files;
    const id = fileIdOf(storeId);
    const kept = await manifests.get(id);
    if (!kept || storeIdOf(id, kept.manifest) !== storeId) {
      // A shelf that has just lost everything has no manifests, but files that will be needed again.
      if (!isOwn || !(await this.#isOwn())) return 0;
      await asking(store.delete(storeId));
      return undefined;
    }
    const { manifest } = kept;
    if (await this.#isKept(id, manifest)) return manifest.size;
    return (await remove(this.#files, id, kept)) ? undefined : manifest.size;
  }

  /** Whether a file is still needed. One without a mark expires by itself. */
  async #isKept(
    id: string,
    { message, markedAt = 0, deletion, ...owner }: Manifest,
  ): Promise<boolean> {
    if (message === undefined) return true;
    const { log, now } = this.#deps;
    const { logId, author } = owner;
    if (deletion !== undefined) {
      const entry = await log.find(logId, { id: deletion, author, ofAnyKind: true });
      if (entry?.type === "deleted" && entry.payload.target === message) return false;
    }
    const entry = await log.find(logId, { id: message, author });
    const hasIt = entry?.type === "chat" && entry.payload.files?.some((file) => file.id === id);
    // Its message may be on its way to the log.
    return hasIt === true || now() - markedAt < UNSAID_MS;
  }
}

/** A full log has no place for the note of a sweep, but that is no reason to remove nothing. */
function trueIfFull(error: unknown): boolean {
  if (error instanceof StorageFull) return true;
  throw error;
}
