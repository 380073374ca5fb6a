import { checkPart, checkRange, checkStoreId } from "../../files/checks.ts";
import type { FileStore, PartName, StoredPart } from "../../files/file-store.ts";

const LISTED_AT_ONCE = 100;

/** A store of files that ends with the process, for tests. */
export class MemoryFiles implements FileStore {
  readonly #files = new Map<string, Map<PartName, Uint8Array>>();

  async put(id: string, part: PartName, bytes: Uint8Array): Promise<boolean> {
    checkStoreId(id);
    checkPart(part);
    const parts = this.#files.get(id) ?? new Map<PartName, Uint8Array>();
    const stored = part === "thumb" ? undefined : parts.get(part);
    if (stored) return Buffer.compare(stored, bytes) === 0;
    parts.set(part, new Uint8Array(bytes));
    this.#files.set(id, parts);
    return true;
  }

  async get(
    id: string,
    part: PartName,
    range?: { readonly from: number; readonly to: number },
  ): Promise<Uint8Array | undefined> {
    checkStoreId(id);
    checkPart(part);
    if (range) checkRange(range);
    return this.#files.get(id)?.get(part)?.slice(range?.from, range?.to);
  }

  async has(id: string): Promise<readonly StoredPart[]> {
    checkStoreId(id);
    const parts = [...(this.#files.get(id) ?? [])];
    return parts.map(([name, bytes]) => ({ name, bytes: bytes.length }));
  }

  async *list(): AsyncIterable<readonly string[]> {
    const ids = [...this.#files.keys()];
    while (ids.length > 0) yield ids.splice(0, LISTED_AT_ONCE);
  }

  async delete(id: string): Promise<void> {
    checkStoreId(id);
    this.#files.delete(id);
  }

  async close(): Promise<void> {}
}
