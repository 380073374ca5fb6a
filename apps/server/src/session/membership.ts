import {
  answering,
  refOf,
  refusal,
  unreachable,
  type DownPayload,
  type EntryRequest,
  type Member,
  type Refusal,
} from "@parley/protocol";
import {
  LogUnavailable,
  StorageFull,
  type Appended,
  type Draft,
  type Range,
  type RoomLog,
} from "../log/log.ts";
import { PAGES_RETRY_MS } from "../limits/limits.ts";
import { draftEntry, draftOf, targetOf } from "../access/draft.ts";
import { firstThatFit, PAGE_BYTES_MAX } from "../delivery/page-size.ts";
import type { Departure } from "../presence/presence.ts";
import { trimmedAt } from "../rooms/join-snapshot.ts";
import { readLastMessages } from "../rooms/last-messages.ts";
import type { LogAnswer, Room } from "../rooms/room.ts";
import type { ConnectionWriter } from "./connection-writer.ts";
import { PageQueue } from "./page-queue.ts";
import type { TokenBucket } from "../limits/rate-limit.ts";
import type { Subscriber } from "../delivery/subscriber.ts";
import type { SessionDeps } from "./session-deps.ts";

/** A page of the log that was asked for. */
interface PageQuestion {
  readonly range: Range;
  readonly ref: string | undefined;
}

/** A connection's place in a room: what it can do there until it leaves. */
export class Membership {
  readonly room: Room;
  readonly #subscriber: Subscriber;
  readonly #writer: ConnectionWriter;
  readonly #log: RoomLog;
  readonly #now: () => number;
  readonly #onFailure: (error: unknown) => void;
  readonly #pages: PageQueue<PageQuestion>;
  /** The last lookup under way: later frames wait for it, so that none overtakes another. */
  #lookup: Promise<void> | undefined;

  constructor(
    room: Room,
    subscriber: Subscriber,
    writer: ConnectionWriter,
    { log, now, onFailure }: Pick<SessionDeps, "log" | "now" | "onFailure">,
  ) {
    this.room = room;
    this.#subscriber = subscriber;
    this.#writer = writer;
    this.#log = log;
    this.#now = now;
    this.#onFailure = onFailure;
    this.#pages = new PageQueue(writer.connection, (asked) => this.#answerWithPage(asked));
  }

  /** Oneself, under the name that one has now. */
  get member(): Member {
    const { memberId } = this.#subscriber;
    return this.room.presence.get(memberId) ?? { id: memberId, name: memberId };
  }

  /**
   * Adds to the room's log, in the order of the calls. The echo is the answer; a repeated `id`
   * gets the original entry (SPEC D2), anything else a refusal.
   */
  async submit(frame: EntryRequest): Promise<void> {
    const at = this.#now();
    const from = this.member;
    if (targetOf(frame) === undefined && !this.#lookup) {
      await this.#append(draftOf(frame, from, at), frame);
      return;
    }
    const before = this.#lookup;
    const lookup = this.#lookUp(before, frame, from, at);
    this.#lookup = lookup;
    try {
      await lookup;
    } finally {
      if (this.#lookup === lookup) this.#lookup = undefined;
    }
  }

  /** The permits of this member in this room, over all their connections. */
  get pace(): TokenBucket | undefined {
    return this.room.presence.paceOf(this.#subscriber.memberId);
  }

  rename(name: string): void {
    this.room.presence.rename({ id: this.#subscriber.memberId, name });
  }

  typing(on: boolean): void {
    this.room.announceTyping(this.member, on);
  }

  /** Answers with a page of the log, once those before it have left. */
  history(range: Range, ref: string | undefined): void {
    if (this.#pages.add({ range, ref })) return;
    this.#writer.refuse({ ...refusal("rate_limited", ref), retryAfter: PAGES_RETRY_MS });
  }

  leave(how: Departure): void {
    this.room.leave(this.#subscriber, how);
  }

  async #answerWithPage({ range, ref }: PageQuestion): Promise<void> {
    if (!this.room.holds(this.#subscriber)) return;
    try {
      await this.room.answer(this.#subscriber, async () => {
        const payload = await this.#readPage(range);
        const newest = payload.entries.at(-1)?.payload.seq ?? 0;
        const page = answering({ type: "history", payload } as const, ref);
        return { newest, send: () => this.#writer.send(page) };
      });
    } catch (error) {
      if (!(error instanceof LogUnavailable)) this.#onFailure(error);
      const code = error instanceof LogUnavailable ? "unavailable" : "internal";
      this.#writer.refuse(refusal(code, ref));
    }
  }

  async #readPage(range: Range): Promise<DownPayload<"history">> {
    const { address } = this.#writer.connection;
    const isOnward = "after" in range;
    const page = isOnward
      ? await this.#log.read(this.room.id, { ...range, enough: PAGE_BYTES_MAX }, address)
      : await readLastMessages(this.#log, this.room.id, range, address);
    const { epoch, head, first } = page;
    const entries = isOnward ? firstThatFit(page.entries) : page.entries;
    const oldest = entries[0]?.payload.seq ?? first;
    const newest = entries.at(-1)?.payload.seq ?? head;
    const more = isOnward ? newest < head : oldest > first;
    return { entries: [...entries], epoch, head, more, ...trimmedAt(first) };
  }

  async #lookUp(
    before: Promise<void> | undefined,
    frame: EntryRequest,
    from: Member,
    at: number,
  ): Promise<void> {
    // Its sender is told why it failed; this one only comes after it.
    await before?.catch(() => {});
    const find = this.#log.find.bind(this.#log, this.room.id);
    try {
      const drafted = await draftEntry(frame, from, at, find);
      if (drafted.ok) await this.#append(drafted.draft, frame);
      else this.#writer.refuse(drafted.refusal);
    } catch (error) {
      this.#writer.refuse(failure(error, refOf(frame)));
    }
  }

  /** @param frame what asked for it */
  async #append(draft: Draft, frame: EntryRequest): Promise<void> {
    try {
      await this.room.answer(this.#subscriber, async () =>
        this.#answerTo(frame, await this.room.append(draft)),
      );
    } catch (error) {
      this.#writer.refuse(failure(error, refOf(frame)));
    }
  }

  /** What is said to the author alone; the echo of what is new comes with the stream. */
  #answerTo(frame: EntryRequest, appended: Appended): LogAnswer | undefined {
    switch (appended.is) {
      case "new":
        return undefined;
      case "repeat": {
        const entry = answering(appended.entry, frame.payload.ref);
        return { newest: entry.payload.seq, send: () => this.#writer.send(entry) };
      }
      case "conflict":
        return this.#refusing(refusal("id_conflict", refOf(frame)));
      case "stale": {
        const { present } = appended;
        const why = refusal("stale", refOf(frame));
        if (!present) return this.#refusing(why);
        return this.#refusing({ ...why, setting: present }, present.payload.seq);
      }
      case "unknown_target":
      case "too_many_settings":
        return this.#refusing(refusal(appended.is, refOf(frame)));
      default:
        return unreachable(appended);
    }
  }

  /** @param newest the newest `seq` that the refusal speaks of */
  #refusing(why: Refusal, newest = 0): LogAnswer {
    return { newest, send: () => this.#writer.refuse(why) };
  }
}

/** A log that is away is the host's trouble and temporary; anything else is a bug and goes on up. */
function failure(error: unknown, ref?: string): Refusal {
  if (error instanceof StorageFull) return refusal("storage_full", ref);
  if (error instanceof LogUnavailable) return refusal("unavailable", ref);
  throw error;
}
