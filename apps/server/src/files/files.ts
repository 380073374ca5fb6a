import type { RefusalCode } from "@parley/protocol";
import { LogUnavailable } from "../log/log.ts";
import { FilesUnavailable, NoSpace, type FileStore } from "./file-store.ts";
import type { Manifests } from "./manifest.ts";

/** Where files are, and what is known of them. */
export interface Files {
  readonly store: FileStore;
  readonly manifests: Manifests;
  /** The largest file, in bytes. */
  readonly maxBytes: number;
}

/** A file is not taken, or is none that a message can have. */
export class FileRefused extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode) {
    super(code);
    this.code = code;
  }
}

/**
 * Asks the store of files.
 * @throws LogUnavailable if it is away: it is tried again, as with the log
 * @throws FileRefused `no_space`
 */
export async function asking<Result>(answer: Promise<Result>): Promise<Result> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NoSpace) throw new FileRefused("no_space");
    if (!(error instanceof FilesUnavailable)) throw error;
    throw new LogUnavailable(error.message, { cause: error });
  }
}
