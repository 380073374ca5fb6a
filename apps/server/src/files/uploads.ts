import { KeyedQueue } from "../log/keyed-queue.ts";
import { throwUnlessUnavailable } from "../log/log.ts";
import { newFileId, storeIdOf } from "./file-ids.ts";
import type { PartName } from "./file-store.ts";
import { asking, FileRefused, remove, type Files } from "./files.ts";
import type { FileFacts, FileOwner, Kept, Manifest } from "./manifest.ts";
import { missingParts } from "./parts.ts";
import type { Permits } from "./permits.ts";
import { PLACE_ID } from "./place.ts";

/** The state of an upload. */
export interface Begun {
  /** Whether this request began it. */
  readonly isNew: boolean;
  /** The parts that are not stored yet. */
  readonly missing: readonly number[];
}

interface BeginOptions {
  /** The network address of the request. */
  readonly address: string;
  /** Whether the size is exact; otherwise the file grows as its bytes come. */
  readonly isEndKnown?: boolean;
}

/**
 * Takes files part by part: in any order, at any server, and repeatedly. Only requests of the file's
 * owner, for the log that it belongs to, can change it. All methods may throw LogUnavailable.
 */
export class Uploads {
  readonly #files: Files;
  readonly #now: () => number;
  readonly permits: Permits;
  /** Handles one part at a time: one that arrives twice needs no space and no second write. */
  readonly #queue = new KeyedQueue();

  /** @param now in ms since 1970 */
  constructor(files: Files, permits: Permits, now: () => number) {
    this.#files = files;
    this.permits = permits;
    this.#now = now;
  }

  /** The largest file, in bytes. */
  get maxBytes(): number {
    return this.#files.maxBytes;
  }

  /**
   * Begins a file, or reports its state. @returns undefined if the file belongs to somebody else, or
   * was begun with other facts.
   * @throws FileRefused `file_too_large`, `no_space`
   */
  async begin(
    id: string,
    owner: FileOwner,
    facts: FileFacts,
    { address, isEndKnown = true }: BeginOptions,
  ): Promise<Begun | undefined> {
    const { manifests, store, maxBytes } = this.#files;
    if (facts.size > maxBytes) throw new FileRefused("file_too_large");
    if (id === PLACE_ID) return undefined;
    const manifest: Manifest = {
      ...owner,
      ...facts,
      at: this.#now(),
      upload: newFileId(),
      ...(isEndKnown ? {} : { openEnded: true }),
    };
    const kept = await manifests.get(id);
    const isNew = kept === undefined && (await this.#beginNew(id, manifest, address));
    const known = isNew ? manifest : (kept ?? (await manifests.get(id)))?.manifest;
    if (!known || !isOf(known, owner) || !isThis(known, facts)) return undefined;
    const storeId = storeIdOf(id, known);
    if (facts.size === 0 && isEndKnown) await asking(store.put(storeId, 0, new Uint8Array()));
    return { isNew, missing: missingParts(await asking(store.has(storeId)), facts.size) };
  }

  /**
   * Counts a file and stores its first manifest.
   * @returns false if it has been begun meanwhile
   */
  async #beginNew(id: string, manifest: Manifest, address: string): Promise<boolean> {
    const { manifests, usage } = this.#files;
    const { author, size } = manifest;
    if (!usage.admits(size)) throw new FileRefused("no_space");
    usage.add(size);
    let isNew = false;
    try {
      const begin = () => manifests.begin(id, manifest);
      isNew = await this.permits.take(id, { author, address }, size, begin);
      return isNew;
    } finally {
      if (!isNew) usage.add(-size);
    }
  }

  /** Finds a member's file. @throws FileRefused `unknown_file` if they have none with this id */
  async find(id: string, owner: FileOwner): Promise<Kept> {
    const kept = await this.#files.manifests.get(id);
    if (!kept || !isOf(kept.manifest, owner)) throw new FileRefused("unknown_file");
    return kept;
  }

  /**
   * Stores a part: it is durable once the call is fulfilled (SPEC B1). A thumbnail may be replaced
   * until a message has the file.
   * @param begun the upload that the part is of, as it was before the bytes came
   * @returns false if other bytes are stored as this part, or a message has the file
   * @throws FileRefused `unknown_file` if the file was deleted meanwhile, `no_space`
   */
  put(id: string, begun: Kept, part: PartName, bytes: Uint8Array): Promise<boolean> {
    const storeId = storeIdOf(id, begun.manifest);
    return this.#queue.add(`${storeId}/${part}`, async () => {
      const { store, manifests } = this.#files;
      const kept = await manifests.get(id);
      if (!kept || storeIdOf(id, kept.manifest) !== storeId) throw new FileRefused("unknown_file");
      const stored = await asking(store.get(storeId, part));
      if (stored && Buffer.compare(stored, bytes) === 0) {
        // Another server may have ended before the part was durable; the store says whether it is.
        await asking(store.has(storeId));
        return true;
      }
      const isFixed = kept.manifest.message !== undefined || (stored && part !== "thumb");
      if (isFixed) return false;
      return asking(store.put(storeId, part, bytes));
    });
  }

  /**
   * Counts what comes of a file whose size was not known, before it is stored: its sender's limits and
   * those of all files are never behind what the store has.
   * @param begun the upload, as it was before
   * @param size what the file has with it, in bytes; a repeat of a request may find it larger
   * @returns undefined if a message has the file
   * @throws FileRefused `rate_limited`, `no_space`, `unknown_file` if the file was deleted meanwhile
   */
  async grow(id: string, begun: Kept, size: number, address: string): Promise<Kept | undefined> {
    let kept = begun;
    while (kept.manifest.size < size) {
      // The same request may have come twice, and the other one be further.
      kept = await this.find(id, begun.manifest);
      const { manifest } = kept;
      if (storeIdOf(id, manifest) !== storeIdOf(id, begun.manifest))
        throw new FileRefused("unknown_file");
      if (manifest.size >= size) break;
      if (manifest.message !== undefined) return undefined;
      if (await this.#growTo(size, id, kept, address)) kept = await this.find(id, begun.manifest);
    }
    return kept;
  }

  /** Counts what a file has more than before. @returns false if its manifest has changed meanwhile */
  async #growTo(size: number, id: string, kept: Kept, address: string): Promise<boolean> {
    const { manifests, usage } = this.#files;
    const { author, size: before } = kept.manifest;
    const more = size - before;
    if (!usage.admits(more)) throw new FileRefused("no_space");
    this.permits.takeMore({ author, address }, more);
    usage.add(more);
    let isGrown = false;
    try {
      isGrown = await manifests.change(id, kept, { size });
      return isGrown;
    } finally {
      if (!isGrown) usage.add(-more);
    }
  }

  /** Deletes a file. @returns false if a message has it */
  async drop(id: string, kept: Kept): Promise<boolean> {
    return kept.manifest.message === undefined && remove(this.#files, id, kept);
  }

  /** Deletes an unsent file; if that fails, it expires like other unsent files. */
  async dropIfThere(id: string, owner: FileOwner): Promise<void> {
    try {
      const kept = await this.#files.manifests.get(id);
      if (kept && isOf(kept.manifest, owner)) await this.drop(id, kept);
    } catch (error) {
      throwUnlessUnavailable(error);
    }
  }
}

function isOf(manifest: Manifest, { logId, author }: FileOwner): boolean {
  return manifest.logId === logId && manifest.author === author;
}

/** Whether a file was begun with these facts. */
export function isThis(manifest: Manifest, { name, type, size }: FileFacts): boolean {
  return manifest.name === name && manifest.type === type && manifest.size === size;
}

/** Whether a file may still get this size, and was begun with the other facts. */
export function canBecome(manifest: Manifest, facts: FileFacts): boolean {
  const { openEnded = false, message, size } = manifest;
  return openEnded && message === undefined && isThis(manifest, { ...facts, size });
}
