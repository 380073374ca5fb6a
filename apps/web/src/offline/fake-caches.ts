/** Cache storage in memory, for tests; `served` is what the network returns by path. */
export function fakeCaches(served: ReadonlyMap<string, string>): CacheStorage {
  const kept = new Map<string, Map<string, Response>>();
  const pathOf = (asked: RequestInfo | URL) =>
    typeof asked === "string" ? asked : new URL(asked instanceof URL ? asked : asked.url).pathname;

  const cacheOf = (files: Map<string, Response>) => ({
    match: (asked: RequestInfo | URL) => Promise.resolve(files.get(pathOf(asked))?.clone()),
    addAll: (asked: Iterable<RequestInfo>) => {
      for (const each of asked) {
        const text = served.get(pathOf(each));
        if (text === undefined) return Promise.reject(new TypeError(`404: ${pathOf(each)}`));
        files.set(pathOf(each), new Response(text));
      }
      return Promise.resolve();
    },
  });
  const caches = {
    open: (name: string) => {
      const files = kept.get(name) ?? new Map<string, Response>();
      kept.set(name, files);
      return Promise.resolve(cacheOf(files));
    },
    match: (asked: RequestInfo | URL) => {
      const found = [...kept.values()].find((files) => files.has(pathOf(asked)));
      return Promise.resolve(found?.get(pathOf(asked))?.clone());
    },
    keys: () => Promise.resolve([...kept.keys()]),
    delete: (name: string) => Promise.resolve(kept.delete(name)),
  };
  return caches as unknown as CacheStorage;
}
