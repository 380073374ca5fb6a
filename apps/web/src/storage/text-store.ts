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
export const browserStore: TextStore = createTextStore(() => globalThis.localStorage);
