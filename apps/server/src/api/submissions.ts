import {
  definitionOf,
  refOf,
  refusal,
  type EntryRequest,
  type Member,
  type Refusal,
} from "@parley/protocol";
import { submit, type Submitted } from "../access/submit.ts";
import { KeyedBuckets } from "../limits/keyed-buckets.ts";
import { ENTRY_OVERHEAD_BYTES } from "../limits/limits.ts";
import type { ApiDeps } from "./deps.ts";
import { countGuess, guessWait } from "./guesses.ts";

/** Where a request came from, and how much of it would be stored. */
export interface Origin {
  readonly address: string;
  readonly bytes: number;
  /** Whether they brought a token of their own. */
  readonly isKnown: boolean;
  /** The log of a conversation, if it is not the room's own. */
  readonly logId?: string;
}

/**
 * Adds to the log what comes over HTTP, under the same rates as over a socket: those of the member,
 * or, without a token, those of the network address; and how much an address may store.
 */
export class Submissions {
  readonly #deps: ApiDeps;
  readonly #messages: KeyedBuckets;
  readonly #signals: KeyedBuckets;
  readonly #hooks: KeyedBuckets;

  constructor(deps: ApiDeps) {
    this.#deps = deps;
    this.#messages = new KeyedBuckets(deps.rates.messages, deps.now);
    this.#signals = new KeyedBuckets(deps.rates.signals, deps.now);
    this.#hooks = new KeyedBuckets(deps.rates.hook, deps.now);
  }

  /** Adds what a request asks for to the log of a room. */
  async submit(
    roomId: string,
    request: EntryRequest,
    from: Member,
    origin: Origin,
  ): Promise<Submitted> {
    const refused = this.#refusalOf(roomId, request, from, origin);
    if (refused) return { is: "refused", refusal: refused };
    const { log, now } = this.#deps;
    const submitted = await submit(log, origin.logId ?? roomId, request, from, now());
    if (await this.#isGuess(roomId, submitted, origin)) {
      countGuess(this.#deps, origin.address, roomId);
    }
    return submitted;
  }

  /** Whether the log was empty: also what it refuses tells that. */
  async #isGuess(
    roomId: string,
    submitted: Submitted,
    { address, logId = roomId }: Origin,
  ): Promise<boolean> {
    if (submitted.is !== "refused") {
      return submitted.is === "new" && submitted.entry.payload.seq === 1;
    }
    // Who writes in a conversation knows somebody in the room.
    if (submitted.refusal.temporary || logId !== roomId) return false;
    const { head } = await this.#deps.log.read(roomId, { limit: 1 }, address);
    return head === 0;
  }

  /** Takes a permit for a frame that is kept in no log. */
  signal(
    { from, address, isKnown }: Omit<Origin, "bytes"> & { readonly from: Member },
    ref: string | undefined,
  ): Refusal | undefined {
    return tooFast(this.#signals.take(isKnown ? from.id : address), ref);
  }

  /** Takes a permit for a message of a hook. */
  hook(from: Member): Refusal | undefined {
    return tooFast(this.#hooks.take(from.id), undefined);
  }

  /** Forgets the permits of those who were not here lately. To be called now and then. */
  sweep(): void {
    this.#messages.sweep();
    this.#signals.sweep();
    this.#hooks.sweep();
  }

  #refusalOf(
    roomId: string,
    request: EntryRequest,
    from: Member,
    { address, bytes, isKnown }: Origin,
  ): Refusal | undefined {
    const { addresses, now, closing, rooms } = this.#deps;
    const ref = refOf(request);
    if (closing.aborted) return refusal("restarting", ref);
    const guesses = guessWait(this.#deps, address, roomId);
    const stored = bytes + ENTRY_OVERHEAD_BYTES;
    const storage = addresses.storageOf(address);
    const personal = rooms.paceOf(roomId, from.id)?.wait(now()) ?? 0;
    const wait = Math.max(guesses, storage.wait(now(), stored), personal);
    if (wait > 0) return tooFast(wait, ref);
    const buckets = definitionOf(request).rate === "messages" ? this.#messages : this.#signals;
    const retryAfter = buckets.take(isKnown ? from.id : address);
    if (retryAfter > 0) return tooFast(retryAfter, ref);
    storage.take(now(), stored);
    rooms.paceOf(roomId, from.id)?.take(now());
    return undefined;
  }
}

function tooFast(retryAfter: number, ref: string | undefined): Refusal | undefined {
  return retryAfter > 0 ? { ...refusal("rate_limited", ref), retryAfter } : undefined;
}
