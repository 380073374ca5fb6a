import type { EntryFrame } from "@parley/protocol";
import { LogUnavailable, type Page, type RoomLog } from "../src/log/log.ts";
import { MemoryLog } from "../src/backends/memory/log.ts";
import { chatDraft } from "./drafts.ts";
import { LateFailure, type Late } from "./late.ts";
import type { LateStore } from "./late-rooms.ts";

interface Follower {
  readonly roomId: string;
  readonly lane: string;
  readonly onEntry: (entry: EntryFrame) => void;
  readonly onReset: (() => void) | undefined;
  /** Which log it was told of last. */
  generation: number;
  /** Told, but not arrived. */
  news: ({ readonly entry: EntryFrame } | { readonly reset: number })[];
}

/**
 * A log as a store of many servers may be: what is asked of it is done at any later moment, the
 * answer comes at any moment after that, and what it tells at any moment of its own; the log may
 * be lost at any time. It keeps to the order that the port promises, and to nothing else.
 */
export class LateLog implements RoomLog, LateStore {
  readonly #late: Late;
  readonly #followers = new Set<Follower>();
  readonly past = new Map<string, EntryFrame[]>();
  #log = new MemoryLog();
  #generation = 0;
  #calls = 0;

  constructor(late: Late) {
    this.#late = late;
  }

  get followers(): number {
    return this.#followers.size;
  }

  stand(roomId: string): Promise<Page> {
    return this.#log.read(roomId, { limit: 0 });
  }

  async write(roomId: string): Promise<void> {
    await this.#append(roomId, chatDraft("elsewhere"));
  }

  /** Its news is not lost: it keeps to the port. */
  breakOff(): void {}

  quiet(): Promise<void> {
    return Promise.resolve();
  }

  async #append(roomId: string, draft: Parameters<RoomLog["append"]>[1]) {
    const log = this.#log;
    const appended = await log.append(roomId, draft);
    if (appended.is !== "new") return appended;
    const { epoch } = await log.read(roomId, { limit: 0 });
    const key = `${epoch} ${roomId}`;
    this.past.set(key, [...(this.past.get(key) ?? []), appended.entry]);
    for (const follower of this.#followers) {
      if (follower.roomId === roomId) this.#tell(follower, { entry: appended.entry });
    }
    return appended;
  }

  async lose(): Promise<void> {
    this.#log = new MemoryLog();
    this.#generation += 1;
    for (const follower of this.#followers) this.#tell(follower, { reset: this.#generation });
  }

  append: RoomLog["append"] = (roomId, draft) =>
    this.#call(`append ${roomId} ${draft.payload.from.id}`, roomId, () =>
      this.#append(roomId, draft),
    );
  read: RoomLog["read"] = (roomId, range) =>
    this.#call(`call ${this.#calls}`, roomId, () => this.#log.read(roomId, range));
  find: RoomLog["find"] = (roomId, target) =>
    this.#call(`call ${this.#calls}`, roomId, () => this.#log.find(roomId, target));

  follow: RoomLog["follow"] = (roomId, onEntry, onReset) => {
    const lane = `news ${(this.#calls += 1)}`;
    const follower: Follower = { roomId, lane, onEntry, onReset, generation: 0, news: [] };
    const stop = () => {
      this.#followers.delete(follower);
      this.#late.drop(lane);
    };
    const following = this.#call(lane, roomId, async () => {
      follower.generation = this.#generation;
      this.#followers.add(follower);
      return stop;
    });
    following.catch(stop);
    return following;
  };

  /** Nobody is answered out of a log before its followers here were told of it. */
  async #call<T>(lane: string, roomId: string, work: () => Promise<T>): Promise<T> {
    const number = (this.#calls += 1);
    try {
      const { generation, result } = await this.#late.do(lane, () => ({
        generation: this.#generation,
        result: work(),
      }));
      const answer = await result;
      const isKnown = () =>
        [...this.#followers].every(
          (each) => each.roomId !== roomId || each.generation >= generation,
        );
      return await this.#late.do(`answer ${number}`, () => answer, isKnown);
    } catch (error) {
      throw error instanceof LateFailure ? new LogUnavailable("the log is away") : error;
    }
  }

  #tell(follower: Follower, news: Follower["news"][number]): void {
    follower.news.push(news);
    void this.#late
      .do(follower.lane, () => this.#arrive(follower))
      .catch(() => this.#arrive(follower));
  }

  /** The next of the news arrives; a reset takes along what the log has by then. */
  #arrive(follower: Follower): void {
    const next = follower.news.shift();
    if (!next || !this.#followers.has(follower)) return;
    if ("entry" in next) return follower.onEntry(next.entry);
    const last = follower.news.findLastIndex((news) => "reset" in news);
    const later = follower.news[last];
    if (later && "reset" in later) follower.news.splice(0, last + 1);
    follower.generation = later && "reset" in later ? later.reset : next.reset;
    // Every other time it is told from where the log ends now: the window has the rest.
    if (follower.generation % 2 === 0) follower.news.splice(0);
    follower.onReset?.();
  }
}
