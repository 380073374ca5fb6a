import type { Addresses } from "../limits/addresses.ts";
import { KeyedBuckets } from "../limits/keyed-buckets.ts";
import {
  FILE_OVERHEAD_BYTES,
  UNSENT_FILES_MAX,
  UNSENT_RETRY_MS,
  UPLOADS_AT_ONCE_MAX,
} from "../limits/limits.ts";
import type { TokenBucket } from "../limits/rate-limit.ts";
import type { Rates } from "../limits/rates.ts";
import { FileRefused } from "./files.ts";
import { UNSENT_MS, type Manifests } from "./manifest.ts";

const TOO_MUCH = "So many bytes of files were sent from here today. Send this one later.";
const TOO_MANY_UNSENT = `You have ${UNSENT_FILES_MAX} files that no message has. Send or drop one.`;

export interface PermitsDeps {
  readonly rates: Rates;
  readonly addresses: Pick<Addresses, "fileBytesOf" | "admitUpload">;
  readonly manifests: Manifests;
  /** In ms since 1970. */
  readonly now: () => number;
}

/** Who begins a file, and from which network address. */
export interface Sender {
  readonly author: string;
  readonly address: string;
}

/** Limits the files that a member and a network address may send: at once, in a day, and without a message. */
export class Permits {
  readonly #deps: PermitsDeps;
  readonly #bytes: KeyedBuckets;
  /** The number of bodies that are being received or stored, by member. */
  readonly #arriving = new Map<string, number>();
  #arrivingInAll = 0;
  /** When each file was begun here that may not have a message yet, by author and id. */
  readonly #unsent = new Map<string, Map<string, number>>();
  /** The files whose first manifests are being stored. */
  readonly #beginning = new Set<string>();

  constructor(deps: PermitsDeps) {
    this.#deps = deps;
    this.#bytes = new KeyedBuckets(deps.rates.personFiles, deps.now);
  }

  /**
   * Counts a body that is being received and stored; up to one part of it is held in memory.
   * @returns a function to call at its end, or undefined if there are too many
   */
  admit({ author, address }: Sender): (() => void) | undefined {
    const count = this.#arriving.get(author) ?? 0;
    const isFull = this.#arrivingInAll >= UPLOADS_AT_ONCE_MAX;
    if (isFull || count >= this.#deps.rates.personUploads) return undefined;
    const countOut = this.#deps.addresses.admitUpload(address);
    if (!countOut) return undefined;
    this.#arriving.set(author, count + 1);
    this.#arrivingInAll += 1;
    return () => {
      countOut();
      this.#arrivingInAll -= 1;
      const left = (this.#arriving.get(author) ?? 1) - 1;
      if (left > 0) this.#arriving.set(author, left);
      else this.#arriving.delete(author);
    };
  }

  /**
   * Counts a new file, and begins it.
   * @param size what is counted, in bytes
   * @param begin stores its first manifest
   * @returns what `begin` returns
   * @throws FileRefused `rate_limited`
   */
  async take(
    id: string,
    sender: Sender,
    size: number,
    begin: () => Promise<boolean>,
  ): Promise<boolean> {
    await this.#forgetSent(sender.author);
    this.#count(id, sender, size);
    this.#beginning.add(id);
    try {
      return await begin();
    } finally {
      this.#beginning.delete(id);
    }
  }

  /** Checks and counts without a wait in between, as requests may come at the same time. */
  #count(id: string, { author, address }: Sender, size: number): void {
    const now = this.#deps.now();
    const bytes = size + FILE_OVERHEAD_BYTES;
    const buckets = this.#bucketsWith(bytes, { author, address });
    const unsent = this.#unsent.get(author) ?? new Map<string, number>();
    if (unsent.size >= UNSENT_FILES_MAX) {
      const retryAfter = UNSENT_RETRY_MS;
      throw new FileRefused("rate_limited", { detail: TOO_MANY_UNSENT, retryAfter });
    }
    unsent.set(id, now);
    this.#unsent.set(author, unsent);
    for (const bucket of buckets) bucket.spend(now, bytes);
  }

  /** Counts more bytes of a file that was begun. @throws FileRefused `rate_limited` */
  takeMore(sender: Sender, bytes: number): void {
    const now = this.#deps.now();
    for (const bucket of this.#bucketsWith(bytes, sender)) bucket.spend(now, bytes);
  }

  /** The buckets of a sender, which all have so many bytes left. @throws FileRefused `rate_limited` */
  #bucketsWith(bytes: number, { author, address }: Sender): TokenBucket[] {
    const now = this.#deps.now();
    const buckets = [this.#bytes.of(author), this.#deps.addresses.fileBytesOf(address)];
    const retryAfter = Math.max(...buckets.map((bucket) => bucket.wait(now, bytes)));
    if (retryAfter > 0) throw new FileRefused("rate_limited", { detail: TOO_MUCH, retryAfter });
    return buckets;
  }

  /** Drops the counts of those who sent nothing lately. Called now and then. */
  sweep(): void {
    this.#bytes.sweep();
    const since = this.#deps.now() - UNSENT_MS;
    for (const [author, unsent] of this.#unsent) {
      for (const [id, at] of unsent) if (at <= since) unsent.delete(id);
      if (unsent.size === 0) this.#unsent.delete(author);
    }
  }

  /** If a member has too many files without a message, looks which of them have one or are gone. */
  async #forgetSent(author: string): Promise<void> {
    const unsent = this.#unsent.get(author);
    if (!unsent || unsent.size < UNSENT_FILES_MAX) return;
    for (const id of unsent.keys()) {
      if (this.#beginning.has(id)) continue;
      const kept = await this.#deps.manifests.get(id);
      if (kept?.manifest.author !== author || kept.manifest.message !== undefined)
        unsent.delete(id);
    }
  }
}
