import type { Logger } from "pino";
import { FilesUnavailable, NoSpace, type FileStore } from "../files/file-store.ts";

/**
 * A store of files whose trouble is logged: a line when it begins, when it becomes another, and when
 * something was stored again.
 */
export function reportingFiles(store: FileStore, logger: Pick<Logger, "warn" | "info">): FileStore {
  let trouble: string | undefined;
  async function watched<Result>(work: Promise<Result>): Promise<Result> {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof NoSpace) && !(error instanceof FilesUnavailable)) throw error;
      if (trouble !== error.message) {
        logger.warn({ why: error.message }, "files cannot be stored or read now");
      }
      trouble = error.message;
      throw error;
    }
  }
  return {
    async put(id, part, bytes) {
      const isStored = await watched(store.put(id, part, bytes));
      if (trouble !== undefined) logger.info("files can be stored again");
      trouble = undefined;
      return isStored;
    },
    get: (id, part, range) => watched(store.get(id, part, range)),
    has: (id) => watched(store.has(id)),
    async *list() {
      const pages = store.list()[Symbol.asyncIterator]();
      try {
        for (
          let page = await watched(pages.next());
          !page.done;
          page = await watched(pages.next())
        ) {
          yield page.value;
        }
      } finally {
        await pages.return?.();
      }
    },
    delete: (id) => watched(store.delete(id)),
    close: () => store.close(),
  };
}
