import { LogUnavailable } from "../log/log.ts";

/** A part of a file, from 0, or its thumbnail. */
export type PartName = number | "thumb";

/** A part that is stored, and how many bytes it has. */
export interface StoredPart {
  readonly name: PartName;
  readonly bytes: number;
}

/** The store has no space: the request may be sent again later (SPEC B6). */
export class NoSpace extends Error {}

/** The store is away: trying again later is right, as with the log. Its message is for the host only. */
export class FilesUnavailable extends LogUnavailable {}

/**
 * Where the bytes of files are: on this machine's disk, in an S3 bucket, or in memory for tests.
 * It knows nothing of messages. A file is its parts, which come in any order, at any server. Its id
 * here is that of one of its uploads (`storeIdOf`).
 *
 * One contract suite (file-store.contract.ts) holds for every implementation. All methods may throw
 * FilesUnavailable, and a RangeError for an invalid id or part.
 */
export interface FileStore {
  /**
   * Stores a part. Once the call is fulfilled, the part is durable and every server can read it (SPEC B1).
   * A reader never gets half of it. A part is stored once, also if several servers are asked at the same
   * time; a thumbnail is replaced.
   * @returns false if other bytes are stored as this part
   * @throws NoSpace
   */
  put(id: string, part: PartName, bytes: Uint8Array): Promise<boolean>;
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
  /** The ids of all files that have a part, in batches and in no order. */
  list(): AsyncIterable<readonly string[]>;
  /** Removes all parts of a file. Once the call is fulfilled, they stay removed after a power cut. */
  delete(id: string): Promise<void>;
  close(): Promise<void>;
}
