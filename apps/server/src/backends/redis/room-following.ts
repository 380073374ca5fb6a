import type { ChannelListener, Channels } from "./channels.ts";
import { channelOf } from "./connection.ts";
import type { RoomFollower } from "./follower.ts";
import { LogChecks } from "./log-checks.ts";
import type { LogLooks } from "./log-looks.ts";
import type { WayToFollow } from "./way-to-follow.ts";

/** How often all rooms are compared with their logs, in ms. */
const CHECK_EVERY_MS = 5_000;

/** How rooms and conversations are followed: each has a channel of its own. */
export class RoomFollowing implements WayToFollow {
  readonly checks: LogChecks;
  readonly channelOf = channelOf;
  readonly #channels: Channels;

  constructor(channels: Channels, looks: LogLooks) {
    this.#channels = channels;
    this.checks = new LogChecks(looks, CHECK_EVERY_MS);
  }

  listen(roomId: string, listener: ChannelListener): Promise<() => void> {
    return this.#channels.listen(channelOf(roomId), listener);
  }

  start(_roomId: string, follower: RoomFollower): Promise<void> {
    return follower.compare();
  }

  compare(_roomId: string, follower: RoomFollower): Promise<void> {
    return follower.compare();
  }
}
