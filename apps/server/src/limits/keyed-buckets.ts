import type { Rate } from "./rates.ts";
import { TokenBucket } from "./rate-limit.ts";

/** A bucket of permits for each key that takes some; keys that take none for a while are forgotten. */
export class KeyedBuckets {
  readonly #buckets = new Map<string, TokenBucket>();
  readonly #rate: Rate;
  readonly #now: () => number;

  constructor(rate: Rate, now: () => number) {
    this.#rate = rate;
    this.#now = now;
  }

  /**
   * Takes a permit.
   * @returns 0, or how long to wait for one, in ms
   */
  take(key: string): number {
    return this.of(key).take(this.#now());
  }

  /** The permits of a key. */
  of(key: string): TokenBucket {
    let bucket = this.#buckets.get(key);
    if (!bucket) this.#buckets.set(key, (bucket = new TokenBucket(this.#rate, this.#now())));
    return bucket;
  }

  /** Forgets the keys whose buckets are full. To be called now and then. */
  sweep(): void {
    const now = this.#now();
    for (const [key, bucket] of this.#buckets) if (bucket.isFull(now)) this.#buckets.delete(key);
  }
}
