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
