/** What may be kept under one key, in bytes of UTF-8. */
export const SHELF_VALUE_BYTES_MAX = 16_384;
/** What one `list` gives, at the most. */
export const SHELF_LIST_MAX = 1_000;
/** The collection, such as "invite", a colon, and at most 200 visible ASCII characters. */
const KEY = /^[a-z]{1,32}:[\x21-\x7e]{1,200}$/;
const PREFIX = /^[a-z]{1,32}:[\x21-\x7e]{0,200}$/;

/** What is kept under a key. */
export interface ShelfItem {
  readonly key: string;
  readonly value: string;
  /** The moment at which it is gone, in ms since 1970; Infinity: never. */
  readonly until: number;
}

interface Condition {
  /** Puts only if this is the present value; null: only if there is none. */
  readonly onlyIf?: string | null;
}

/** What is to be put, and on what condition. */
export type PutItem = ShelfItem & Condition;

export type PutOptions = Condition &
  (
    | {
        /** The moment at which it is gone, in ms since 1970; Infinity: never. */
        readonly until: number;
      }
    | {
        /** In so many whole ms it is gone, by the clock of the shelf: that of the server may differ. */
        readonly forMs: number;
      }
  );

/**
 * Small durable things with an end, beside the logs: invitations, aliases, cursors. A key is
 * `collection:rest`. What was put is durable, and seen by every server, once the call is fulfilled.
 * A secret is kept as its SHA-256 only.
 *
 * One contract suite (shelf.contract.ts) holds for every implementation. All methods may throw
 * LogUnavailable; a `put` or `take` that throws it may be done all the same. All throw a RangeError
 * if a key, a prefix, a value or a moment breaks its rule.
 */
export interface Shelf {
  get(key: string): Promise<string | undefined>;
  /** @returns whether it was put: false if `onlyIf` does not hold */
  put(key: string, value: string, options: PutOptions): Promise<boolean>;
  /** Removes a key. Of several callers, one alone gets its value. */
  take(key: string): Promise<string | undefined>;
  /** The first items whose keys begin so, in the order of the keys; at most SHELF_LIST_MAX. */
  list(prefix: string): Promise<readonly ShelfItem[]>;
}

/** A moment that is over: what is put until then is gone at once. */
const OVER = 1;

/**
 * Removes a key if this is its present value. @returns whether it was. Throws LogUnavailable; it may
 * be removed all the same.
 */
export function removeIf(shelf: Shelf, key: string, value: string): Promise<boolean> {
  return shelf.put(key, "", { until: OVER, onlyIf: value });
}

/** The collection that a key or prefix is of; throws a RangeError if it is neither. */
export function collectionOf(text: string, what: "key" | "prefix"): string {
  if (!(what === "key" ? KEY : PREFIX).test(text)) {
    throw new RangeError(`not a ${what} of the shelf: ${JSON.stringify(text)}`);
  }
  return text.slice(0, text.indexOf(":"));
}

/** The moment at which what is put is gone, by the clock of this process. */
export function endOf(options: PutOptions): number {
  return "forMs" in options ? Date.now() + options.forMs : options.until;
}

/** Throws a RangeError if this may not be put. */
export function checkItem({ key, value, until }: ShelfItem): void {
  collectionOf(key, "key");
  const bytes = Buffer.byteLength(value);
  if (bytes > SHELF_VALUE_BYTES_MAX) throw new RangeError(`a value of ${bytes} bytes is too long`);
  if (until !== Infinity && !Number.isSafeInteger(until)) {
    throw new RangeError(`not a moment in whole ms: ${until}`);
  }
}
