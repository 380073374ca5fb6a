/** A part of a file, from 0, or its thumbnail. */
export type PartName = number | "thumb";

/** A part that is stored, and how many bytes it has. */
export interface StoredPart {
  readonly name: PartName;
  readonly bytes: number;
}

/** The store has no space: temporary, and no fault of the request (SPEC B6). */
export class NoSpace extends Error {}

/** The store does not answer now. */
export class FilesUnavailable extends Error {}

/**
 * Where the bytes of files are: on this machine's disk, in an S3 bucket, or in memory for tests.
 * It knows nothing of messages. A file is its parts, which come in any order, at any server.
 *
 * One contract suite (file-store.contract.ts) holds for every implementation. All methods may throw
 * FilesUnavailable, and a RangeError for what is no id of a file or no part of one.
 */
export interface FileStore {
  /**
   * Stores a part. It is durable, and every server has it, once the call is fulfilled (SPEC B1). A
   * reader never gets half of it. The same part again replaces it.
   * @throws NoSpace
   */
  put(id: string, part: PartName, bytes: Uint8Array): Promise<void>;
  /**
   * Reads a part, or some of its bytes.
   * @param range the first byte and the one after the last
   * @returns undefined if it is not stored
   */
  get(
    id: string,
    part: PartName,
    range?: { readonly from: number; readonly to: number },
  ): Promise<Uint8Array | undefined>;
  /** The parts of a file that are stored, in no order; none if there is no such file. */
  has(id: string): Promise<readonly StoredPart[]>;
  /** The ids of all files that have a part, some at a time, in no order. */
  list(): AsyncIterable<readonly string[]>;
  /** Removes all parts of a file. It is gone, also after a power cut, once the call is fulfilled. */
  delete(id: string): Promise<void>;
  close(): Promise<void>;
}
