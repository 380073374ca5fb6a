import type { EntryFrame } from "@parley/protocol";
import { throwUnlessUnavailable, type Page } from "../../log/log.ts";
import { bellOf } from "../../log/private-ids.ts";
import { BellFollowing } from "./bell-following.ts";
import type { Channels } from "./channels.ts";
import type { RedisConnection } from "./connection.ts";
import { FollowedLog, type FollowedLogDeps, type LogListener } from "./followed-log.ts";
import type { Position } from "./follower.ts";
import { LogLooks } from "./log-looks.ts";
import { RoomFollowing } from "./room-following.ts";

/** What this server follows, each once: rooms, conversations, and bells. */
export class RedisFollowing {
  readonly #logs = new Map<string, FollowedLog>();
  readonly #rooms: RoomFollowing;
  readonly #bells: BellFollowing;
  readonly #deps: FollowedLogDeps;

  /** @param tellMissed tells other servers that they may have missed news of a room */
  constructor(
    channels: Channels,
    redis: Pick<RedisConnection, "call" | "spansRooms">,
    read: FollowedLogDeps["read"],
    tellMissed: FollowedLogDeps["tellMissed"],
  ) {
    const looks = new LogLooks(redis);
    this.#rooms = new RoomFollowing(channels, looks);
    this.#bells = new BellFollowing(channels, looks);
    this.#deps = { channels, read, tellMissed };
  }

  /** Where a room that is followed stands. */
  positionIn(roomId: string): Position | undefined {
    return this.#logs.get(roomId)?.follower.position;
  }

  /** Tells of what an append here was answered with, and of all before it. Throws LogUnavailable. */
  async reach(roomId: string, epoch: string, entry: EntryFrame): Promise<void> {
    await this.#logs.get(roomId)?.follower.reach(epoch, entry);
  }

  /** A page of the room was read here. Waits as the follower does. Throws LogUnavailable. */
  async notice(roomId: string, page: Page): Promise<void> {
    await this.#logs.get(roomId)?.follower.notice(page);
  }

  /** An entry was appended here. */
  hear(roomId: string, epoch: string, entry: EntryFrame): void {
    this.#logs.get(roomId)?.appended(epoch, entry);
  }

  /** An append here has no answer: it may be in the room all the same. */
  doubt(roomId: string): void {
    this.#logs.get(roomId)?.follower.compare().catch(throwUnlessUnavailable);
  }

  async follow(
    roomId: string,
    onEntry: (entry: EntryFrame) => void,
    onReset: (() => void) | undefined,
  ): Promise<() => void> {
    const followed = this.#logs.get(roomId) ?? this.#start(roomId);
    const listener = { onEntry, onReset };
    followed.listeners.add(listener);
    const stop = () => this.#remove(roomId, followed, listener);
    try {
      await followed.started;
      return stop;
    } catch (error) {
      stop();
      throw error;
    }
  }

  close(): void {
    for (const followed of this.#logs.values()) followed.stop();
    this.#logs.clear();
  }

  #start(roomId: string): FollowedLog {
    const way = bellOf(roomId) ? this.#bells : this.#rooms;
    const followed = new FollowedLog(roomId, way, this.#deps);
    this.#logs.set(roomId, followed);
    return followed;
  }

  #remove(roomId: string, followed: FollowedLog, listener: LogListener): void {
    followed.listeners.delete(listener);
    if (followed.listeners.size > 0 || this.#logs.get(roomId) !== followed) return;
    this.#logs.delete(roomId);
    followed.stop();
  }
}
