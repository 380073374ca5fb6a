import { randomUUID } from "node:crypto";
import { isMessage, type EntryFrame, type SetFrame } from "@parley/protocol";
import { AppendRuns } from "./append-runs.ts";
import type { Channels } from "./channels.ts";
import { channelOf, type RedisConnection } from "./connection.ts";
import type { Script } from "./scripts.ts";
import {
  numbered,
  saysTheSame,
  throwUnlessUnavailable,
  type Appended,
  type Draft,
  type Page,
  type Range,
  type RoomLog,
  type Target,
} from "../../log/log.ts";
import { bellOf } from "../../log/private-ids.ts";
import { entryOf, NEWS_MISSED, newsPlaceOf, pageOf, rangeArguments, tellingOf } from "./entries.ts";
import { RedisFollowing } from "./following.ts";
import type { Position } from "./follower.ts";
import type { ReplicaBarrier } from "./replicas.ts";
import { keysOf, reading, sweeping, writing } from "./log-scripts.ts";
import { KeyedQueue } from "../../log/keyed-queue.ts";
import { machineClock, type FlushClock } from "../../timing/flush-clock.ts";

export interface RedisLogRules {
  /** How many entries of a room are kept; age is what RedisSweep goes by. */
  readonly entries: number;
  /** Replicas must have an entry before it counts; undefined: it waits for none. */
  readonly replicas: ReplicaBarrier | undefined;
}

/** What the log runs within Redis. */
export const logScripts: readonly Script[] = [writing, reading, sweeping];

/**
 * The log in Redis: a stream a room, written by one script that runs alone (log.lua), so
 * that any number of servers share it. Calls are pipelined on one connection.
 *
 * Every room has an epoch of its own, made by the server that reads or writes it first and kept under the
 * room's own hash tag: what happens to one server of a cluster concerns its rooms alone. The
 * epoch of a room that nobody wrote to goes an hour after its last reading.
 */
export class RedisLog implements RoomLog {
  readonly #redis: RedisConnection;
  readonly #channels: Channels;
  readonly #runs: AppendRuns;
  readonly #rules: RedisLogRules;
  readonly #following: RedisFollowing;
  /** An author's appends, if they could overtake each other. */
  readonly #turns: KeyedQueue | undefined;

  constructor(
    redis: RedisConnection,
    channels: Channels,
    rules: RedisLogRules,
    clock: FlushClock = machineClock,
  ) {
    this.#redis = redis;
    this.#channels = channels;
    this.#runs = new AppendRuns(clock);
    this.#rules = rules;
    const read = (roomId: string, range: Range, position: Position | undefined) =>
      this.#read(roomId, range, position);
    this.#following = new RedisFollowing(channels, redis, read, (logId) => {
      const { channel, prefix } = newsPlaceOf(logId);
      this.#publish(channel, prefix + NEWS_MISSED);
    });
    if (!redis.keepsOrder) this.#turns = new KeyedQueue();
  }

  append(roomId: string, draft: Draft): Promise<Appended> {
    const author = `${roomId} ${draft.payload.from.id}`;
    const append = () => this.#append(roomId, draft);
    return this.#turns ? this.#turns.add(author, append) : append();
  }

  async read(roomId: string, range: Range): Promise<Page> {
    const page = await this.#read(roomId, range, this.#following.positionIn(roomId));
    await this.#following.notice(roomId, page);
    return page;
  }

  async find(
    roomId: string,
    { id, author = "", ofAnyKind }: Target,
  ): Promise<EntryFrame | undefined> {
    const reply = await this.#redis.call(reading, "find", keysOf(roomId), [
      id,
      author,
      ofAnyKind ? "any" : "message",
    ]);
    const [seq, stored] = reply as [number?, string?];
    if (seq === undefined || stored === undefined) return undefined;
    return entryOf(seq, stored);
  }

  follow(
    roomId: string,
    onEntry: (entry: EntryFrame) => void,
    onReset?: () => void,
  ): Promise<() => void> {
    return this.#following.follow(roomId, onEntry, onReset);
  }

  close(): void {
    this.#following.close();
  }

  async #append(roomId: string, draft: Draft): Promise<Appended> {
    const { id, at, from } = draft.payload;
    const stored = JSON.stringify({ type: draft.type, payload: draft.payload });
    const call = () =>
      this.#redis.call(writing, "append", keysOf(roomId), [
        ...known(this.#following.positionIn(roomId)),
        id,
        from.id,
        isMessage(draft) ? "c" : "o",
        String(at),
        stored,
        limit(this.#rules.entries),
        this.#tellsItself(roomId) ? "" : channelOf(roomId),
        draft.expect === undefined ? "" : String(draft.expect),
        this.#channels.isSubscribed(channelOf(roomId)) ? "1" : "0",
      ]);
    const reply = await this.#runs.add(call).catch((error: unknown) => {
      // It may be there all the same, and nobody else tells this server of it.
      this.#following.doubt(roomId);
      throw error;
    });
    const [what, epoch, seq, original] = reply as [string, string, number, string?];
    await this.#rules.replicas?.wait(keysOf(roomId)[0]);
    if (what === "known" && original !== undefined) {
      const entry = entryOf(seq, original);
      if (this.#tellsItself(roomId)) this.#tellOthers(roomId, epoch, seq, original);
      await this.#following.reach(roomId, epoch, entry);
      return saysTheSame(entry, draft) ? { is: "repeat", entry } : { is: "conflict" };
    }
    if (what === "unknown_target" || what === "too_many_settings") return { is: what };
    if (what === "stale") {
      if (original === undefined) return { is: "stale", present: undefined };
      const present = entryOf(seq, original) as SetFrame;
      await this.#following.reach(roomId, epoch, present);
      return { is: "stale", present };
    }
    const entry = numbered(draft, seq);
    if (this.#tellsItself(roomId)) this.#tellOthers(roomId, epoch, seq, stored);
    this.#following.hear(roomId, epoch, entry);
    return { is: "new", entry };
  }

  async #read(roomId: string, range: Range, position: Position | undefined): Promise<Page> {
    const args = [
      ...known(position),
      ...rangeArguments(range),
      range.withSettings ? "settings" : "",
    ];
    return pageOf(await this.#redis.call(reading, "read", keysOf(roomId), args));
  }

  /**
   * Whether news is told by this server, not by the script that appends: after replicas have it, or
   * if it is of a bell, whose room may be in another slot of a cluster.
   */
  #tellsItself(logId: string): boolean {
    return this.#rules.replicas !== undefined || bellOf(logId) !== undefined;
  }

  /** A hint: a server that does not get it finds the entry when it compares. */
  #tellOthers(roomId: string, epoch: string, seq: number, stored: string): void {
    const { channel, prefix } = newsPlaceOf(roomId);
    this.#publish(channel, prefix + tellingOf(epoch, seq, stored));
  }

  #publish(channel: string, text: string): void {
    this.#redis.send(channel, ["SPUBLISH", channel, text]).catch(throwUnlessUnavailable);
  }
}

/** A new epoch in case that it is needed, and what is known of the log. */
function known(position: Position | undefined): string[] {
  return [randomUUID(), position?.epoch ?? "", String(position?.head ?? 0), position?.tail ?? ""];
}

/** 0 stands for no limit. */
function limit(value: number): string {
  return value === Infinity ? "0" : String(value);
}
