/** Where this browser stores small texts; tests pass in their own. */
export interface TextStore {
  /** Returns the text under a key, or `undefined`. */
  get(key: string): string | undefined;
  /** Stores a text under a key, replacing an earlier one. */
  set(key: string, text: string): void;
  /** Removes the text under a key. */
  remove(key: string): void;
}

/**
 * Stores texts in the browser's storage or, if that is denied or full, in memory until the page
 * closes. Never throws.
 * @param open returns the storage; it may throw, as `localStorage` does without cookies
 */
export function createTextStore(open: () => Storage): TextStore {
  const memory = new Map<string, string>();
  const attempt = <T>(action: (storage: Storage) => T): { done: T } | undefined => {
    try {
      return { done: action(open()) };
      // oxlint-disable-next-line house/no-bare-catch -- browsers deny their storage in many ways
    } catch {
      return undefined;
    }
  };
  return {
    get: (key) => memory.get(key) ?? attempt((storage) => storage.getItem(key))?.done ?? undefined,
    set: (key, text) => {
      if (attempt((storage) => storage.setItem(key, text))) memory.delete(key);
      else memory.set(key, text);
    },
    remove: (key) => {
      memory.delete(key);
      attempt((storage) => storage.removeItem(key));
    },
  };
}

const browserStore: TextStore = createTextStore(() => globalThis.localStorage);

/** What a tab keeps over a reload, apart from other tabs. */
export const tabStore: TextStore = createTextStore(() => globalThis.sessionStorage);

/** Whether a value that was read is of a type. */
export type Guard<T> = (value: unknown) => value is T;

export const isText: Guard<string> = (value) => typeof value === "string";
export const isNumber: Guard<number> = (value) => typeof value === "number";
export const isFlag: Guard<boolean> = (value) => typeof value === "boolean";

/** Also accepts undefined. */
export function optional<T>(is: Guard<T>): Guard<T | undefined> {
  return (value) => value === undefined || is(value);
}

/** An object with at least these fields. */
export function shape<T extends object>(fields: {
  readonly [K in keyof T]-?: Guard<T[K]>;
}): Guard<T> {
  const guards = Object.entries<Guard<unknown>>(fields);
  return (value): value is T =>
    typeof value === "object" &&
    value !== null &&
    guards.every(([name, is]) => is((value as Partial<Record<string, unknown>>)[name]));
}

/** How a value is written as a text. */
export interface Schema<T> {
  /** Returns undefined for a text that is not such a value. */
  readonly parse: (text: string) => T | undefined;
  readonly print: (value: T) => string;
}

/** A text that is stored as it is. */
export function plain<T extends string>(is: (text: string) => text is T): Schema<T> {
  return { parse: (text) => (is(text) ? text : undefined), print: (text) => text };
}

/** @param take returns undefined for a value that is not valid */
export function json<T>(take: (value: unknown) => T | undefined): Schema<T> {
  return {
    parse: (text) => {
      let value: unknown;
      try {
        value = JSON.parse(text);
        // oxlint-disable-next-line house/no-bare-catch -- JSON.parse throws nothing else
      } catch {
        return undefined;
      }
      return take(value);
    },
    print: (value) => JSON.stringify(value),
  };
}

export function one<T>(is: Guard<T>): Schema<T> {
  return json((value) => (is(value) ? value : undefined));
}

/** A list; damaged items are left out. */
export function listOf<T>(is: Guard<T>): Schema<readonly T[]> {
  return json((value): readonly T[] | undefined =>
    Array.isArray(value) ? value.filter((each) => is(each)) : undefined,
  );
}

/** One value that this browser stores. */
export interface StoredValue<T> {
  /** Returns the fallback for missing or damaged data. */
  readonly read: () => T;
  /** Stores a value, replacing an earlier one. The fallback takes no space. */
  readonly write: (value: T) => void;
}

/** A stored value that tells this tab when another tab changes it. */
export interface WatchedValue<T> extends StoredValue<T> {
  /** Calls back when another tab changes the value; returns a function that stops it. */
  readonly watch: (changed: () => void) => () => void;
}

/**
 * A value that this browser stores under a key.
 * @example const draft = stored(`parley.draft.${roomId}`, plain(isText), "");
 */
export function stored<T, F extends T | undefined>(
  key: string,
  { parse, print }: Schema<T>,
  fallback: F,
  texts: TextStore = browserStore,
): WatchedValue<T | F> {
  const nothing = fallback === undefined ? undefined : print(fallback);
  return {
    read: () => {
      const text = texts.get(key);
      return (text === undefined ? undefined : parse(text)) ?? fallback;
    },
    write: (value) => {
      const text = value === undefined ? undefined : print(value);
      if (text === undefined || text === nothing) texts.remove(key);
      else texts.set(key, text);
    },
    watch: (changed) => {
      const take = (event: StorageEvent) => {
        if (event.key === key || event.key === null) changed();
      };
      window.addEventListener("storage", take);
      return () => window.removeEventListener("storage", take);
    },
  };
}
