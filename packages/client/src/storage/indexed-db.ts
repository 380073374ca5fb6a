/** Returns the database, opened at the first call; rejects if the browser denies it. */
export type OpenDatabase = () => Promise<IDBDatabase>;

/**
 * Opens the database of this name once, and again after it was closed.
 * @param version is raised with every change of the stored shapes
 * @param upgrade creates the stores of a database that is new
 * @param prepare runs before the database is used
 */
export function databaseNamed(
  name: string,
  version: number,
  upgrade: (database: IDBDatabase) => void,
  prepare?: (database: IDBDatabase) => Promise<void>,
): OpenDatabase {
  let opened: Promise<IDBDatabase> | undefined;
  const forget = () => {
    opened = undefined;
  };
  const open = async () => {
    const request = indexedDB.open(name, version);
    request.addEventListener("upgradeneeded", () => upgrade(request.result));
    const database = await resultOf(request);
    // A newer page wants to upgrade the database, so this page must close it.
    database.addEventListener("versionchange", () => {
      forget();
      database.close();
    });
    database.addEventListener("close", forget);
    await prepare?.(database);
    return database;
  };
  return () => {
    opened ??= open().catch((error: unknown) => {
      forget();
      throw error;
    });
    return opened;
  };
}

/** Turns a request of IndexedDB into a promise. */
export function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(errorOf(request)));
  });
}

/** Runs `work` in a transaction, and resolves with its result once the transaction is complete. */
export async function inTransaction<T>(
  transaction: IDBTransaction,
  work: (store: (name: string) => IDBObjectStore) => Promise<T>,
): Promise<T> {
  const done = new Promise<void>((resolve, reject) => {
    transaction.addEventListener("complete", () => resolve());
    // It bubbles from the request, which has the error.
    transaction.addEventListener("error", ({ target }) => reject(errorOf(target as IDBRequest)));
    transaction.addEventListener("abort", () => reject(errorOf(transaction)));
  });
  const [result] = await Promise.all([work((name) => transaction.objectStore(name)), done]);
  return result;
}

/** An aborted transaction may have no error. */
function errorOf({ error }: { readonly error: DOMException | null }): DOMException {
  return error ?? new DOMException("IndexedDB gave up.", "AbortError");
}
