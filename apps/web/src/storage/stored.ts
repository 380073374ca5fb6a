/** Where this browser keeps small texts; tests hand in their own. */
export interface TextStore {
  /** Gives the text under a key, or `undefined`. */
  get(key: string): string | undefined;
  /** Keeps a text under a key, in place of an earlier one. */
  set(key: string, text: string): void;
  /** Forgets what is under a key. */
  remove(key: string): void;
}

/**
 * Keeps texts in the browser's storage and, where that is denied or full, in memory until the page
 * goes away. It never throws.
 * @param open gives the storage; it may throw, as `localStorage` does where cookies are refused
 */
export function createTextStore(open: () => Storage): TextStore {
  const memory = new Map<string, string>();
  const attempt = <T>(action: (storage: Storage) => T): { done: T } | undefined => {
    try {
      return { done: action(open()) };
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

/** The storage of this browser. */
const browserStore: TextStore = createTextStore(() => globalThis.localStorage);

/** Tells whether a value that was read is of a type. */
export type Guard<T> = (value: unknown) => value is T;

export const isText: Guard<string> = (value) => typeof value === "string";
export const isNumber: Guard<number> = (value) => typeof value === "number";

/** Also takes what is not there. */
export function optional<T>(is: Guard<T>): Guard<T | undefined> {
  return (value) => value === undefined || is(value);
}

/** An object with these fields. It may have others, too. */
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
  /** Gives undefined for a text that is no such value. */
  readonly parse: (text: string) => T | undefined;
  readonly print: (value: T) => string;
}

/** A text that is kept as it is. */
export function plain<T extends string>(is: (text: string) => text is T): Schema<T> {
  return { parse: (text) => (is(text) ? text : undefined), print: (text) => text };
}

/** @param take gives undefined for what is no such value */
export function json<T>(take: (value: unknown) => T | undefined): Schema<T> {
  return {
    parse: (text) => {
      try {
        return take(JSON.parse(text));
      } catch {
        return undefined;
      }
    },
    print: (value) => JSON.stringify(value),
  };
}

export function one<T>(is: Guard<T>): Schema<T> {
  return json((value) => (is(value) ? value : undefined));
}

/** A list; what is damaged in it is left out. */
export function listOf<T>(is: Guard<T>): Schema<readonly T[]> {
  return json((value): readonly T[] | undefined =>
    Array.isArray(value) ? value.filter((each) => is(each)) : undefined,
  );
}

/** One value that this browser keeps. */
export interface Stored<T> {
  /** Gives the fallback where nothing is kept, or something damaged. */
  readonly read: () => T;
  /** Keeps a value in place of an earlier one. The fallback takes no room. */
  readonly write: (value: T) => void;
}

/**
 * A value that this browser keeps under a key.
 * @example const draft = stored(`parley.draft.${roomId}`, plain(isText), "");
 */
export function stored<T, F extends T | undefined>(
  key: string,
  { parse, print }: Schema<T>,
  fallback: F,
  texts: TextStore = browserStore,
): Stored<T | F> {
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
  };
}
