import type { Addresses } from "../limits/addresses.ts";
import { KeyedBuckets } from "../limits/keyed-buckets.ts";
import {
  FILE_OVERHEAD_BYTES,
  UNSENT_FILES_MAX,
  UNSENT_RETRY_MS,
  UPLOADS_AT_ONCE_MAX,
} from "../limits/limits.ts";
import type { Rates } from "../limits/rates.ts";
import { FileRefused } from "./files.ts";
import { UNSENT_MS, type Manifests } from "./manifest.ts";

const TOO_MUCH = "So many bytes of files were sent from here today. Send this one later.";
const TOO_MANY_UNSENT = `You have ${UNSENT_FILES_MAX} files that no message has. Send or drop one.`;

export interface PermitsDeps {
  readonly rates: Rates;
  readonly addresses: Pick<Addresses, "filesOf" | "admitUpload">;
  readonly manifests: Manifests;
  /** In ms since 1970. */
  readonly now: () => number;
}

/** Who begins a file, and from which network address. */
export interface Sender {
  readonly author: string;
  readonly address: string;
}

/** How much of files a person may send, and a network address: at once, in a day, and without a message. */
export class Permits {
  readonly #deps: PermitsDeps;
  readonly #bytes: KeyedBuckets;
  /** Bodies that come now, by whose they are. */
  readonly #arriving = new Map<string, number>();
  #arrivingInAll = 0;
  /** When each file was begun that may have no message yet, by author and id. */
  readonly #unsent = new Map<string, Map<string, number>>();

  constructor(deps: PermitsDeps) {
    this.#deps = deps;
    this.#bytes = new KeyedBuckets(deps.rates.personFiles, deps.now);
  }

  /**
   * Counts a body in that comes now: each is held in memory, up to a part of it.
   * @returns counts it out again, or undefined if there are too many
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
   * Looks whether a file of so many bytes may be begun, and counts it if it may.
   * @throws FileRefused `rate_limited`
   */
  async take(id: string, { author, address }: Sender, size: number): Promise<void> {
    const now = this.#deps.now();
    const bytes = size + FILE_OVERHEAD_BYTES;
    const buckets = [this.#bytes.of(author), this.#deps.addresses.filesOf(address)];
    const retryAfter = Math.max(...buckets.map((bucket) => bucket.wait(now, bytes)));
    if (retryAfter > 0) throw new FileRefused("rate_limited", { detail: TOO_MUCH, retryAfter });
    const unsent = await this.#unsentOf(author);
    if (unsent.size >= UNSENT_FILES_MAX) {
      const retryAfter = UNSENT_RETRY_MS;
      throw new FileRefused("rate_limited", { detail: TOO_MANY_UNSENT, retryAfter });
    }
    unsent.set(id, now);
    this.#unsent.set(author, unsent);
    for (const bucket of buckets) bucket.spend(now, bytes);
  }

  /** Counts bytes that have come already: the next file waits that much longer. */
  spend({ author, address }: Sender, bytes: number): void {
    const now = this.#deps.now();
    this.#bytes.of(author).spend(now, bytes);
    this.#deps.addresses.filesOf(address).spend(now, bytes);
  }

  /** Forgets those who sent nothing lately. To be called now and then. */
  sweep(): void {
    this.#bytes.sweep();
    const since = this.#deps.now() - UNSENT_MS;
    for (const [author, unsent] of this.#unsent) {
      for (const [id, at] of unsent) if (at <= since) unsent.delete(id);
      if (unsent.size === 0) this.#unsent.delete(author);
    }
  }

  /** The files that a person began here and that no message has: any server may have given them one. */
  async #unsentOf(author: string): Promise<Map<string, number>> {
    const unsent = this.#unsent.get(author) ?? new Map<string, number>();
    if (unsent.size < UNSENT_FILES_MAX) return unsent;
    for (const id of unsent.keys()) {
      const kept = await this.#deps.manifests.get(id);
      if (kept?.manifest.author !== author || kept.manifest.message !== undefined)
        unsent.delete(id);
    }
    return unsent;
  }
}
