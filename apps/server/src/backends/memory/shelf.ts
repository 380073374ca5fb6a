import {
  checkItem,
  collectionOf,
  endOf,
  SHELF_LIST_MAX,
  type PutOptions,
  type Shelf,
  type ShelfItem,
} from "../../shelf/shelf.ts";

/** A shelf that ends with the process, for tests. */
export class MemoryShelf implements Shelf {
  readonly #items = new Map<string, ShelfItem>();

  async get(key: string): Promise<string | undefined> {
    collectionOf(key, "key");
    return this.#find(key)?.value;
  }

  async put(key: string, value: string, options: PutOptions): Promise<boolean> {
    const item = { key, value, until: endOf(options) };
    checkItem(item);
    const { onlyIf } = options;
    if (onlyIf !== undefined && (this.#find(key)?.value ?? null) !== onlyIf) return false;
    this.#items.set(key, item);
    return true;
  }

  async take(key: string): Promise<string | undefined> {
    collectionOf(key, "key");
    const item = this.#find(key);
    this.#items.delete(key);
    return item?.value;
  }

  async list(prefix: string): Promise<readonly ShelfItem[]> {
    collectionOf(prefix, "prefix");
    const keys = [...this.#items.keys()].filter((key) => key.startsWith(prefix)).toSorted();
    return keys.flatMap((key) => this.#find(key) ?? []).slice(0, SHELF_LIST_MAX);
  }

  #find(key: string): ShelfItem | undefined {
    const item = this.#items.get(key);
    return item && item.until > Date.now() ? item : undefined;
  }
}
