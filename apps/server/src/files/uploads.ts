import { KeyedQueue } from "../log/keyed-queue.ts";
import { throwUnlessUnavailable } from "../log/log.ts";
import type { PartName } from "./file-store.ts";
import { asking, FileRefused, remove, type Files } from "./files.ts";
import type { FileFacts, FileOwner, Kept, Manifest } from "./manifest.ts";
import { missingParts } from "./parts.ts";
import type { Permits } from "./permits.ts";
import { PLACE_ID } from "./place.ts";

/** What there is of a file. */
export interface Begun {
  /** Whether it was begun just now. */
  readonly isNew: boolean;
  /** The parts that are not stored yet. */
  readonly missing: readonly number[];
}

interface BeginOptions {
  /** The network address of the request. */
  readonly address: string;
  /** Whether the file has the size that is said; else that is the most that it has. */
  readonly isEndKnown?: boolean;
}

/**
 * Takes files, a part at a time: in any order, at any server, and twice. Whose a file is, only that
 * member's requests for that log can do anything with it. All methods may throw LogUnavailable.
 */
export class Uploads {
  readonly #files: Files;
  readonly #now: () => number;
  readonly permits: Permits;
  /** A part that comes twice at once is compared with itself. */
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
   * Begins a file, or says what there is of it. @returns undefined if it is another's, or was begun
   * with other facts.
   * @throws FileRefused `file_too_large`, `no_space`
   */
  async begin(
    id: string,
    owner: FileOwner,
    facts: FileFacts,
    { address, isEndKnown = true }: BeginOptions,
  ): Promise<Begun | undefined> {
    const { manifests, store, usage, maxBytes } = this.#files;
    if (facts.size > maxBytes) throw new FileRefused("file_too_large");
    if (id === PLACE_ID) return undefined;
    const manifest = { ...owner, ...facts, at: this.#now() };
    const kept = await manifests.get(id);
    if (!kept) {
      if (!usage.admits(facts.size)) throw new FileRefused("no_space");
      await this.permits.take(id, { ...owner, address }, isEndKnown ? facts.size : 0);
    }
    const isNew = kept === undefined && (await manifests.begin(id, manifest));
    if (isNew) await this.#clear(id);
    if (isNew) usage.add(facts.size);
    const known = isNew ? manifest : (kept ?? (await manifests.get(id)))?.manifest;
    if (!known || !isOf(known, owner) || !isThis(known, facts)) return undefined;
    if (facts.size === 0) await asking(store.put(id, 0, new Uint8Array()));
    return { isNew, missing: missingParts(await asking(store.has(id)), facts.size) };
  }

  /** The file of a member. @throws FileRefused `unknown_file` if they have none with this id */
  async find(id: string, owner: FileOwner): Promise<Kept> {
    const kept = await this.#files.manifests.get(id);
    if (!kept || !isOf(kept.manifest, owner)) throw new FileRefused("unknown_file");
    return kept;
  }

  /**
   * Stores a part: it is durable once the call is fulfilled (SPEC B1). A thumbnail may be replaced
   * until a message has the file.
   * @returns false if it is stored with other bytes
   * @throws FileRefused `no_space`
   */
  put(id: string, { manifest }: Kept, part: PartName, bytes: Uint8Array): Promise<boolean> {
    return this.#queue.add(`${id}/${part}`, async () => {
      const { store } = this.#files;
      const stored = await asking(store.get(id, part));
      if (stored && Buffer.compare(stored, bytes) === 0) {
        // It may be from a server that ended before it was durable: what the store has is.
        await asking(store.has(id));
        return true;
      }
      const isFixed = manifest.message !== undefined || (stored && part !== "thumb");
      if (isFixed) return false;
      await asking(store.put(id, part, bytes));
      return true;
    });
  }

  /**
   * Says how many bytes a file has after all whose end was not known.
   * @throws FileRefused `file_taken` if a message has it
   */
  async resize(id: string, kept: Kept, size: number, address: string): Promise<Kept> {
    const { manifests, usage } = this.#files;
    const isUnsent = kept.manifest.message === undefined;
    const resized = isUnsent && (await manifests.change(id, kept, { size }));
    const now = resized ? await manifests.get(id) : undefined;
    if (!now) throw new FileRefused("file_taken");
    this.permits.spend({ ...kept.manifest, address }, size);
    usage.add(size - kept.manifest.size);
    return now;
  }

  /** Drops a file. @returns false if a message has it */
  async drop(id: string, kept: Kept): Promise<boolean> {
    return kept.manifest.message === undefined && remove(this.#files, id, kept);
  }

  /** Drops what there is of a file that no message has; if it cannot be, it goes as unsent files do. */
  async dropIfThere(id: string, owner: FileOwner): Promise<void> {
    try {
      const kept = await this.#files.manifests.get(id);
      if (kept && isOf(kept.manifest, owner)) await this.drop(id, kept);
    } catch (error) {
      throwUnlessUnavailable(error);
    }
  }

  /** What a file of the same id left behind is none of this one. */
  async #clear(id: string): Promise<void> {
    const { store } = this.#files;
    if ((await asking(store.has(id))).length > 0) await asking(store.delete(id));
  }
}

function isOf(manifest: Manifest, { logId, author }: FileOwner): boolean {
  return manifest.logId === logId && manifest.author === author;
}

/** Whether a file was begun with these facts. */
export function isThis(manifest: Manifest, { name, type, size }: FileFacts): boolean {
  return manifest.name === name && manifest.type === type && manifest.size === size;
}
