import type { EntryFrame } from "@parley/protocol";
import { throwUnlessUnavailable, type Page, type Range } from "../../log/log.ts";
import type { ChannelListener, Channels } from "./channels.ts";
import { NEWS_MISSED, toldBy } from "./entries.ts";
import { RoomFollower, type FollowerDeps, type Position } from "./follower.ts";
import type { WayToFollow } from "./way-to-follow.ts";

/** How long a lost subscription may go unnoticed, in ms, and more. */
const UNNOTICED_MS = 10_000;

/** Who is told of the entries of a log, and that another log took its place. */
export interface LogListener {
  readonly onEntry: (entry: EntryFrame) => void;
  readonly onReset: (() => void) | undefined;
}

/** What all followed logs share. */
export interface FollowedLogDeps {
  readonly channels: Pick<Channels, "renew">;
  /** Reads a page of a log. Throws LogUnavailable. */
  read(logId: string, range: Range, known: Position | undefined): Promise<Page>;
  /** Tells other servers that they may have missed news of a log. */
  tellMissed(logId: string): void;
}

/**
 * A log that this server follows, once for all who listen. A server has one for each room and each
 * member: it keeps no closures.
 */
export class FollowedLog implements FollowerDeps, ChannelListener {
  readonly follower = new RoomFollower(this);
  readonly listeners = new Set<LogListener>();
  /** Rejects with LogUnavailable if the log cannot be followed. */
  readonly started: Promise<void>;
  readonly #id: string;
  readonly #way: WayToFollow;
  readonly #deps: FollowedLogDeps;
  /** When this server last appended to it, in ms of the monotonic clock. */
  #appendedAt = -Infinity;
  #isStopped = false;
  #unlisten: (() => void) | undefined;

  constructor(id: string, way: WayToFollow, deps: FollowedLogDeps) {
    this.#id = id;
    this.#way = way;
    this.#deps = deps;
    this.started = this.#start();
    way.checks.keep(id, this.follower);
  }

  /** Takes an entry that was appended here. */
  appended(epoch: string, entry: EntryFrame): void {
    this.#appendedAt = performance.now();
    this.follower.hear(epoch, entry);
  }

  stop(): void {
    this.#isStopped = true;
    this.#way.checks.drop(this.#id);
    this.#unlisten?.();
  }

  /** Takes what the channel tells. */
  message(text: string): void {
    const told = toldBy(text);
    if (told) this.follower.hear(told.epoch, told.entry);
    else if (text === NEWS_MISSED) this.#catchUp();
  }

  /** The subscription was lost and made again. */
  renewed(): void {
    this.#catchUp();
    // What it appended was not published if no other was subscribed, and this one seemed to be.
    if (performance.now() - this.#appendedAt < UNNOTICED_MS) this.#deps.tellMissed(this.#id);
  }

  read(range: Range, known: Position | undefined): Promise<Page> {
    return this.#deps.read(this.#id, range, known);
  }

  onEntry(entry: EntryFrame): void {
    for (const { onEntry } of this.listeners) onEntry(entry);
  }

  onReset(): void {
    for (const { onReset } of this.listeners) onReset?.();
  }

  onMissedNews(): void {
    // If it cannot be renewed, news is missed again, or comes back with the connection.
    this.#deps.channels.renew(this.#way.channelOf(this.#id)).catch(throwUnlessUnavailable);
  }

  async #start(): Promise<void> {
    const unlisten = await this.#way.listen(this.#id, this);
    if (this.#isStopped) return unlisten();
    this.#unlisten = unlisten;
    await this.#way.start(this.#id, this.follower);
  }

  #catchUp(): void {
    // A log that is away is compared with once more when it comes back.
    this.#way.compare(this.#id, this.follower).catch(throwUnlessUnavailable);
  }
}
