import type { EntryFrame } from "@parley/protocol";
import { throwUnlessUnavailable, type Page, type Range } from "../../log/log.ts";
import { bellOf } from "../../log/private-ids.ts";
import { BellFollowing } from "./bell-following.ts";
import type { Channels } from "./channels.ts";
import { channelOf, type RedisConnection } from "./connection.ts";
import { NEWS_MISSED, toldBy } from "./entries.ts";
import { RoomFollower, type Position } from "./follower.ts";
import { LogChecks } from "./log-checks.ts";
import { LogLooks } from "./log-looks.ts";
import type { WayToFollow } from "./way-to-follow.ts";

/** How often all rooms are compared with their logs, in ms. */
const CHECK_EVERY_MS = 5_000;
/** How long a lost subscription may go unnoticed, in ms, and more. */
const UNNOTICED_MS = 10_000;

interface Listener {
  readonly onEntry: (entry: EntryFrame) => void;
  readonly onReset: (() => void) | undefined;
}

interface Followed {
  readonly follower: RoomFollower;
  readonly listeners: Set<Listener>;
  readonly started: Promise<void>;
  /** When this server last appended to it, in ms of the monotonic clock. */
  appendedAt: number;
  readonly stop: () => void;
}

type Read = (roomId: string, range: Range, known: Position | undefined) => Promise<Page>;

/** What this server follows, each once: rooms, conversations, and bells. */
export class RedisFollowing {
  readonly #rooms = new Map<string, Followed>();
  readonly #channels: Channels;
  readonly #checks: LogChecks;
  readonly #bells: BellFollowing;
  readonly #read: Read;
  readonly #tellMissed: (roomId: string) => void;

  /** @param tellMissed tells other servers that they may have missed news of a room */
  constructor(
    channels: Channels,
    redis: Pick<RedisConnection, "call" | "spansRooms">,
    read: Read,
    tellMissed: (roomId: string) => void,
  ) {
    this.#channels = channels;
    const looks = new LogLooks(redis);
    this.#checks = new LogChecks(looks, CHECK_EVERY_MS);
    this.#bells = new BellFollowing(channels, looks);
    this.#read = read;
    this.#tellMissed = tellMissed;
  }

  /** Where a room that is followed stands. */
  positionIn(roomId: string): Position | undefined {
    return this.#rooms.get(roomId)?.follower.position;
  }

  /** Tells of what an append here was answered with, and of all before it. Throws LogUnavailable. */
  async reach(roomId: string, epoch: string, entry: EntryFrame): Promise<void> {
    await this.#rooms.get(roomId)?.follower.reach(epoch, entry);
  }

  /** A page of the room was read here. Waits as the follower does. Throws LogUnavailable. */
  async notice(roomId: string, page: Page): Promise<void> {
    await this.#rooms.get(roomId)?.follower.notice(page);
  }

  /** An entry was appended here. */
  hear(roomId: string, epoch: string, entry: EntryFrame): void {
    const followed = this.#rooms.get(roomId);
    if (!followed) return;
    followed.appendedAt = performance.now();
    followed.follower.hear(epoch, entry);
  }

  /** An append here has no answer: it may be in the room all the same. */
  doubt(roomId: string): void {
    this.#rooms.get(roomId)?.follower.compare().catch(throwUnlessUnavailable);
  }

  async follow(
    roomId: string,
    onEntry: (entry: EntryFrame) => void,
    onReset: (() => void) | undefined,
  ): Promise<() => void> {
    const followed = this.#rooms.get(roomId) ?? this.#start(roomId);
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
    for (const { stop } of this.#rooms.values()) stop();
    this.#rooms.clear();
  }

  #start(roomId: string): Followed {
    const way = this.#wayTo(roomId);
    const listeners = new Set<Listener>();
    const follower = new RoomFollower({
      read: (range, known) => this.#read(roomId, range, known),
      onEntry: (entry) => {
        for (const { onEntry } of listeners) onEntry(entry);
      },
      onReset: () => {
        for (const { onReset } of listeners) onReset?.();
      },
      onMissedNews: () => {
        // If it cannot be, it is missed again, or comes back with the connection.
        this.#channels.renew(way.channel).catch(throwUnlessUnavailable);
      },
    });
    // A log that is away is compared with once more when it comes back.
    const catchUp = () => void way.compare(follower).catch(throwUnlessUnavailable);
    const listening = way.listen({
      message(text) {
        const told = toldBy(text);
        if (told) follower.hear(told.epoch, told.entry);
        else if (text === NEWS_MISSED) catchUp();
      },
      renewed: () => {
        catchUp();
        // What it appended was not published if no other was subscribed, and this one seemed to be.
        if (performance.now() - followed.appendedAt < UNNOTICED_MS) this.#tellMissed(roomId);
      },
    });
    const stopChecks = way.keepChecking(follower);
    const stop = () => {
      stopChecks();
      listening.then(
        (unlisten) => unlisten(),
        () => {}, // Who followed was told why; nothing listens then.
      );
    };
    const started = listening.then(() => way.start(follower));
    const followed: Followed = { follower, listeners, started, stop, appendedAt: -Infinity };
    this.#rooms.set(roomId, followed);
    return followed;
  }

  #wayTo(roomId: string): WayToFollow {
    const bell = bellOf(roomId);
    if (bell) return this.#bells.wayTo(roomId, bell.roomId, bell.memberId);
    const channel = channelOf(roomId);
    return {
      channel,
      listen: (listener) => this.#channels.listen(channel, listener),
      start: (follower) => follower.compare(),
      compare: (follower) => follower.compare(),
      keepChecking: (follower) => this.#checks.keep(roomId, follower),
    };
  }

  #remove(roomId: string, followed: Followed, listener: Listener): void {
    followed.listeners.delete(listener);
    if (followed.listeners.size > 0 || this.#rooms.get(roomId) !== followed) return;
    this.#rooms.delete(roomId);
    followed.stop();
  }
}
