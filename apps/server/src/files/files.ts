import { refusal, type Refusal, type RefusalCode } from "@parley/protocol";
import { storeIdOf } from "./file-ids.ts";
import { NoSpace, type FileStore } from "./file-store.ts";
import type { Kept, Manifests } from "./manifest.ts";
import type { Usage } from "./usage.ts";

/** The store of the bytes, the manifests, and the limits of files. */
export interface Files {
  readonly store: FileStore;
  readonly manifests: Manifests;
  readonly usage: Usage;
  /** The largest file, in bytes. */
  readonly maxBytes: number;
}

interface Details {
  /** Replaces the standard sentence. */
  readonly detail?: string;
  /** In ms. */
  readonly retryAfter?: number;
}

/** A file is refused, or a message that names it. */
export class FileRefused extends Error {
  readonly refusal: Refusal;

  constructor(code: RefusalCode, { detail, retryAfter }: Details = {}) {
    super(code);
    const why = refusal(code, undefined, detail);
    this.refusal = retryAfter === undefined ? why : { ...why, retryAfter };
  }
}

/**
 * Calls the store of files.
 * @throws FilesUnavailable
 * @throws FileRefused `no_space`
 */
export async function asking<Result>(answer: Promise<Result>): Promise<Result> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NoSpace) throw new FileRefused("no_space");
    throw error;
  }
}

/**
 * Removes the manifest of a file, so that nobody can read the file any more.
 * @returns false if the manifest has changed meanwhile
 */
export async function revoke(
  { manifests, usage }: Files,
  id: string,
  kept: Kept,
): Promise<boolean> {
  if (!(await manifests.remove(id, kept))) return false;
  usage.add(-kept.manifest.size);
  return true;
}

/**
 * Removes a file: first its manifest, then its bytes. A crash between the two leaves bytes without
 * a manifest, which a sweep removes.
 * @returns false if the manifest has changed meanwhile
 */
export async function remove(files: Files, id: string, kept: Kept): Promise<boolean> {
  if (!(await revoke(files, id, kept))) return false;
  await asking(files.store.delete(storeIdOf(id, kept.manifest)));
  return true;
}
