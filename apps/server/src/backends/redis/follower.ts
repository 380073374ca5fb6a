import { PAGE_ENTRIES_MAX, type EntryFrame } from "@parley/protocol";
import { throwUnlessUnavailable, type Page, type Range } from "../../log/log.ts";

/** How far a room's log is known: entries up to `head` of this epoch were told. */
export interface Position {
  readonly epoch: string;
  readonly head: number;
  /** What tells the entry at `head` from any other that may stand there; undefined: not known. */
  readonly tail: string | undefined;
}

/** Where a log is that nobody wrote to yet: its epoch is made with its first entry. */
export const NOWHERE: Position = { epoch: "", head: 0, tail: undefined };

export interface FollowerDeps {
  /** Reads entries; tells Redis what is known, so that it finds a log that went back. */
  read(range: Range, known: Position | undefined): Promise<Page>;
  onEntry(entry: EntryFrame): void;
  onReset(): void;
  /** Entries were there that nobody had told of, twice in a row: the subscription is broken. */
  onMissedNews(): void;
}

/**
 * Follows a room's log: what is heard of it is a hint, what is read is the truth. Every entry is
 * told once, in order, without holes, or a reset is (SPEC O2, O3, R3).
 */
export class RoomFollower {
  readonly #deps: FollowerDeps;
  #at: Position | undefined;
  /** The highest `seq` that was heard of. */
  #heard = 0;
  #reading: Promise<void> | undefined;
  /** Something was heard that the page under way may not have. */
  #wantsAnother = false;
  #silentChecks = 0;

  constructor(deps: FollowerDeps) {
    this.#deps = deps;
  }

  get position(): Position | undefined {
    return this.#at;
  }

  /** Starts where a log was seen to end. Throws LogUnavailable. */
  async startAt(position: Position): Promise<void> {
    this.#at = position;
    if (this.#heard > position.head) await this.compare();
  }

  /** Takes an entry that was heard of, or that an append here was answered with. */
  hear(epoch: string, entry: EntryFrame): void {
    const { seq } = entry.payload;
    this.#heard = Math.max(this.#heard, seq);
    if (!this.#at) return;
    if (seq === 1) this.#begin(epoch);
    if (epoch !== this.#at.epoch) return this.#catchUp();
    if (seq === this.#at.head + 1) return this.#tell(entry);
    if (seq > this.#at.head) this.#catchUp();
  }

  /**
   * Waits until everything up to an entry was told, so that an answer stands after it. Throws
   * LogUnavailable.
   */
  async reach(epoch: string, entry: EntryFrame): Promise<void> {
    this.hear(epoch, entry);
    if (this.#at && !this.#knows(epoch, entry.payload.seq)) await this.compare();
  }

  /**
   * Somebody read how far the log goes. Waits, if it is another one, until that was told, so that
   * nobody is shown what they read before. Throws LogUnavailable.
   */
  async notice({ epoch, head }: Pick<Page, "epoch" | "head">): Promise<void> {
    if (head === 0) this.#begin(epoch);
    if (!this.#at || this.#knows(epoch, head)) return;
    if (epoch === this.#at.epoch) this.#catchUp();
    else await this.compare();
  }

  /**
   * Compares with the log and reads what is missing; at first it only finds out where the log
   * ends. Throws LogUnavailable.
   */
  compare(): Promise<void> {
    this.#reading ??= this.#readOn().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  /**
   * Like `compare`, called by the clock: nobody announced what is missing now.
   * @param seen where the log was just seen to end, if it was: there is nothing to read if that is known
   */
  async check(seen?: Position): Promise<void> {
    const before = this.#at?.head;
    const heard = this.#heard;
    if (!this.isAt(seen)) await this.compare();
    const isSilent = this.#at?.head !== before && this.#heard === heard;
    this.#silentChecks = isSilent ? this.#silentChecks + 1 : 0;
    if (this.#silentChecks < 2) return;
    this.#silentChecks = 0;
    this.#deps.onMissedNews();
  }

  /** Whether everything up to here, and nothing else, was told. */
  isAt(position: Position | undefined): boolean {
    if (!position || !this.#at) return false;
    const { epoch, head, tail } = this.#at;
    if (epoch !== position.epoch || head !== position.head) return false;
    return tail === position.tail || tail === undefined || position.tail === undefined;
  }

  #knows(epoch: string, seq: number): boolean {
    return this.#at?.epoch === epoch && this.#at.head >= seq;
  }

  /** Takes the epoch of a log that nobody had written to. */
  #begin(epoch: string): void {
    if (this.#at?.epoch === NOWHERE.epoch) this.#at = { ...this.#at, epoch };
  }

  #catchUp(): void {
    this.#wantsAnother = true;
    // A log that is away now is compared with again soon, and when it comes back.
    this.compare().catch(throwUnlessUnavailable);
  }

  async #readOn(): Promise<void> {
    let hasMore = true;
    while (hasMore) {
      const known = this.#at;
      this.#wantsAnother = false;
      const page = known
        ? await this.#deps.read({ after: known.head, limit: PAGE_ENTRIES_MAX }, known)
        : await this.#deps.read({ limit: 1 }, undefined);
      hasMore = this.#apply(page, known?.head ?? 0) || this.#wantsAnother;
    }
  }

  /**
   * @param before how far the log was known when the page was asked for
   * @returns whether there is more to read
   */
  #apply(page: Page, before: number): boolean {
    const { epoch, head, entries } = page;
    if (!this.#at) {
      this.#at = { epoch, head, tail: tailOf(entries, head) };
      return this.#heard > head;
    }
    this.#begin(epoch);
    if (epoch !== this.#at.epoch) {
      this.#at = { epoch, head, tail: tailOf(entries, head) };
      this.#heard = 0;
      this.#deps.onReset();
      return false;
    }
    for (const entry of entries) {
      // Later ones may have been heard while this page was on its way.
      if (entry.payload.seq > this.#at.head) this.#tell(entry);
    }
    // What was trimmed before it could be read is gone for everybody.
    if (head > this.#at.head && entries.length === 0) {
      this.#at = { epoch, head, tail: undefined };
    }
    return this.#at.head > before && this.#at.head < Math.max(head, this.#heard);
  }

  #tell(entry: EntryFrame): void {
    if (!this.#at) return;
    const { seq } = entry.payload;
    this.#at = { epoch: this.#at.epoch, head: seq, tail: tailOf([entry], seq) };
    this.#deps.onEntry(entry);
  }
}

/** As log.lua makes it of the entry that it finds there. */
function tailOf(entries: readonly EntryFrame[], head: number): string | undefined {
  const last = entries.at(-1)?.payload;
  return last?.seq === head ? `${last.at} ${last.id}` : undefined;
}
