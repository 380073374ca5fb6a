import { randomUUID } from "node:crypto";
import { dirname, join } from "node:path";
import { checkPart, checkRange, checkStoreId, partNamed } from "../../files/checks.ts";
import { isStoreId } from "../../files/file-ids.ts";
import {
  FilesUnavailable,
  NoSpace,
  type FileStore,
  type PartName,
  type StoredPart,
} from "../../files/file-store.ts";
import { codeOf, unlessGone } from "./errors.ts";
import { machineDisk, type DiskSystem } from "./system.ts";

/** Where parts are written before they have their name. */
const UNFINISHED = "unfinished";
/** Another server that shares the folder may still write a part that is younger, in ms. */
const UNFINISHED_MS = 3_600_000;
/** What files leave free on their disk, in bytes: messages may be stored there, too, and go on. */
export const FREE_BYTES_MIN = 64 * 1024 * 1024;
/** How many ids are listed at once. */
const LISTED_AT_ONCE = 100;
/** How often a part is stored once more because its folder was removed meanwhile. */
const TRIES_MAX = 20;
/** What `link` fails with where a file system has no hard links, such as exFAT. */
const NO_HARD_LINKS = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EISDIR"]);
/** Letters that a file system may take for others. */
const CAPITAL = /[A-Z]/g;
const ESCAPED_CAPITAL = /\+([a-z])/g;

interface DiskFilesOptions {
  /** Whether other servers use the folder, too. */
  readonly isShared?: boolean;
  readonly system?: DiskSystem;
  /** In ms since 1970. */
  readonly now?: () => number;
}

/**
 * A store of files in a folder of this machine: `ab/ab+cd…/0`, so that no folder has too many names.
 *
 * A part is written and synced under another name, then it gets its own by a hard link, which fails
 * if the name is taken, then the folders above it are synced. A part that has its name has all of its
 * bytes, but a power cut may still take the name away; so `has` syncs the folders before it says that
 * a part is there. A thumbnail is renamed, which replaces an earlier one.
 */
export class DiskFiles implements FileStore {
  readonly #root: string;
  readonly #system: DiskSystem;
  /** Folders of the root whose names are durable. Nobody removes them. */
  readonly #durable = new Set<string>();

  /**
   * Opens a folder, and removes what earlier servers left unfinished in it.
   * @param root is there, and durable
   * @throws an error with a `code` if the folder cannot be used
   */
  static async open(
    root: string,
    { isShared = false, system = machineDisk, now = Date.now }: DiskFilesOptions = {},
  ): Promise<DiskFiles> {
    const store = new DiskFiles(root, system);
    await store.#make(join(root, UNFINISHED));
    await store.#removeUnfinished(isShared ? now() - UNFINISHED_MS : Infinity);
    return store;
  }

  private constructor(root: string, system: DiskSystem) {
    this.#root = root;
    this.#system = system;
  }

  async put(id: string, part: PartName, bytes: Uint8Array): Promise<boolean> {
    checkStoreId(id);
    checkPart(part);
    return this.#orUnavailable(async () => {
      const free = await this.#system.free(this.#root);
      if (free - bytes.length < FREE_BYTES_MIN) throw new NoSpace("The disk is almost full.");
      const unfinished = join(this.#root, UNFINISHED, randomUUID());
      try {
        await this.#write(unfinished, bytes);
        if (!(await this.#name(unfinished, this.#folderOf(id), part, bytes))) return false;
      } finally {
        await this.#system.unlink(unfinished).catch(unlessGone);
      }
      await this.#sync(this.#folderOf(id));
      return true;
    });
  }

  async get(
    id: string,
    part: PartName,
    range?: { readonly from: number; readonly to: number },
  ): Promise<Uint8Array | undefined> {
    checkStoreId(id);
    checkPart(part);
    if (range) checkRange(range);
    const path = join(this.#folderOf(id), String(part));
    return this.#orUnavailable(() => this.#system.read(path, range).catch(unlessGone));
  }

  async has(id: string): Promise<readonly StoredPart[]> {
    checkStoreId(id);
    const folder = this.#folderOf(id);
    return this.#orUnavailable(async () => {
      const parts: StoredPart[] = [];
      for (const text of (await this.#system.names(folder).catch(unlessGone)) ?? []) {
        const name = partNamed(text);
        if (name === undefined) continue;
        const found = await this.#system.stat(join(folder, text)).catch(unlessGone);
        if (found) parts.push({ name, bytes: found.size });
      }
      if (parts.length > 0) await this.#sync(folder);
      return parts;
    });
  }

  async *list(): AsyncIterable<readonly string[]> {
    let ids: string[] = [];
    for await (const id of this.#ids()) {
      ids.push(id);
      if (ids.length < LISTED_AT_ONCE) continue;
      yield ids;
      ids = [];
    }
    if (ids.length > 0) yield ids;
  }

  async delete(id: string): Promise<void> {
    checkStoreId(id);
    const folder = this.#folderOf(id);
    await this.#orUnavailable(async () => {
      const names = (await this.#system.names(folder).catch(unlessGone)) ?? [];
      for (const name of names) await this.#system.unlink(join(folder, name)).catch(unlessGone);
      await this.#removeEmpty(folder);
      // The name of the folder may be gone since an earlier call that did not get further.
      await this.#system.syncFolder(folder).catch(unlessGone);
      await this.#system.syncFolder(dirname(folder)).catch(unlessGone);
    });
  }

  async close(): Promise<void> {}

  #folderOf(id: string): string {
    const name = id.replaceAll(CAPITAL, (letter) => `+${letter.toLowerCase()}`);
    return join(this.#root, id.slice(0, 2).toLowerCase(), name);
  }

  async #write(path: string, bytes: Uint8Array): Promise<void> {
    const file = await this.#system.create(path);
    try {
      await file.write(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  /**
   * Gives a part its name, in a folder that somebody who deletes the file may remove meanwhile.
   * @returns false if the name is taken by other bytes
   */
  async #name(
    unfinished: string,
    folder: string,
    part: PartName,
    bytes: Uint8Array,
  ): Promise<boolean> {
    const path = join(folder, String(part));
    for (let tries = 1; ; tries += 1) {
      await this.#make(dirname(folder));
      await this.#make(folder);
      try {
        if (part === "thumb") await this.#system.rename(unfinished, path);
        else if (!(await this.#nameOnce(unfinished, path))) {
          return Buffer.compare(await this.#system.read(path), bytes) === 0;
        }
        return true;
      } catch (error) {
        if (codeOf(error) !== "ENOENT" || tries === TRIES_MAX) throw error;
      }
    }
  }

  /** Gives a file a name that no other has. @returns false if the name is taken */
  async #nameOnce(unfinished: string, path: string): Promise<boolean> {
    try {
      await this.#system.link(unfinished, path);
      return true;
    } catch (error) {
      const code = codeOf(error) ?? "";
      if (code === "EEXIST") return false;
      if (!NO_HARD_LINKS.has(code)) throw error;
    }
    // Only another server that stores the same part at the same moment could come in between.
    if (await this.#system.stat(path).catch(unlessGone)) return false;
    await this.#system.rename(unfinished, path);
    return true;
  }

  async #make(folder: string): Promise<void> {
    await this.#system.mkdir(folder).catch((error: unknown) => {
      if (codeOf(error) !== "EEXIST") throw error;
    });
  }

  /** Makes the names of a file's parts durable, with those of the folders above them. */
  async #sync(folder: string): Promise<void> {
    // It is gone if somebody deleted the file meanwhile: then nobody needs the names in it.
    await this.#system.syncFolder(folder).catch(unlessGone);
    await this.#system.syncFolder(dirname(folder));
    if (this.#durable.has(dirname(folder))) return;
    await this.#system.syncFolder(this.#root);
    this.#durable.add(dirname(folder));
  }

  async #removeEmpty(folder: string): Promise<void> {
    await this.#system.rmdir(folder).catch((error: unknown) => {
      if (codeOf(error) !== "ENOTEMPTY" && codeOf(error) !== "EEXIST") unlessGone(error);
    });
  }

  async *#ids(): AsyncIterable<string> {
    for await (const first of this.#eachName(this.#root)) {
      if (first === UNFINISHED) continue;
      for await (const name of this.#eachName(join(this.#root, first))) {
        const id = name.replaceAll(ESCAPED_CAPITAL, (_, letter: string) => letter.toUpperCase());
        const folder = join(this.#root, first, name);
        if (await this.#orUnavailable(() => this.#isFile(id, folder))) yield id;
      }
    }
  }

  /** Whether a folder has a part; one that never got its first is removed. */
  async #isFile(id: string, folder: string): Promise<boolean> {
    if (!isStoreId(id) || this.#folderOf(id) !== folder) return false;
    const names = await this.#system.names(folder).catch(unlessGone);
    if (names?.length === 0) await this.#removeEmpty(folder);
    return names?.some((name) => partNamed(name) !== undefined) ?? false;
  }

  /** None if the folder is gone, or is no folder. */
  async *#eachName(folder: string): AsyncIterable<string> {
    const names = this.#system.eachName(folder)[Symbol.asyncIterator]();
    const next = () => this.#orUnavailable(() => names.next().catch(unlessGone));
    try {
      for (let step = await next(); step && !step.done; step = await next()) yield step.value;
    } finally {
      await names.return?.();
    }
  }

  async #removeUnfinished(before: number): Promise<void> {
    const folder = join(this.#root, UNFINISHED);
    for await (const name of this.#system.eachName(folder)) {
      const path = join(folder, name);
      const found = await this.#system.stat(path).catch(unlessGone);
      if (found && found.mtimeMs < before) await this.#system.unlink(path).catch(unlessGone);
    }
  }

  async #orUnavailable<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      const code = codeOf(error);
      if (code === undefined) throw error;
      const why = `${code} in ${this.#root}`;
      if (code === "ENOSPC" || code === "EDQUOT") throw new NoSpace(why, { cause: error });
      throw new FilesUnavailable(why, { cause: error });
    }
  }
}
