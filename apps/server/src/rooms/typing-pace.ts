import { TYPING_HOLDS_MS } from "@parley/protocol";
import { TYPISTS_TOLD_MAX } from "../limits/limits.ts";
import type { Rate } from "../limits/rates.ts";
import { TokenBucket } from "../limits/rate-limit.ts";

/** Decides of whom a room is told that they type: of all up to a pace, in a large room of few. */
export class TypingPace {
  readonly #permits: TokenBucket;
  /** Who was told to type, and until when that holds, in ms. */
  readonly #typists = new Map<string, number>();

  constructor(rate: Rate, now: number) {
    this.#permits = new TokenBucket(rate, now);
  }

  /** Whether it is told, as far as it depends on who else types. */
  tells(memberId: string, on: boolean, now: number, isLarge: boolean): boolean {
    if (!isLarge || this.#typists.has(memberId)) return true;
    if (!on) return false;
    for (const [id, until] of this.#typists) if (until <= now) this.#typists.delete(id);
    return this.#typists.size < TYPISTS_TOLD_MAX;
  }

  /** Whether it is told now; then it counts. */
  take(memberId: string, on: boolean, now: number, isLarge: boolean): boolean {
    if (!this.tells(memberId, on, now, isLarge)) return false;
    if (this.#permits.take(now) > 0) return false;
    this.#typists.delete(memberId);
    if (on && isLarge) this.#typists.set(memberId, now + TYPING_HOLDS_MS);
    return true;
  }
}
