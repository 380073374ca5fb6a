import { bellOf } from "../../log/private-ids.ts";
import { BellNews } from "./bell-news.ts";
import type { ChannelListener, Channels } from "./channels.ts";
import { channelOf } from "./connection.ts";
import type { RoomFollower } from "./follower.ts";
import { LogChecks } from "./log-checks.ts";
import type { LogLooks } from "./log-looks.ts";
import type { WayToFollow } from "./way-to-follow.ts";

/** How often all bells are compared with their logs, in ms. */
const CHECK_EVERY_MS = 22_000;

/** How bells are followed. Every member has one, so those of a room share a listener. */
export class BellFollowing implements WayToFollow {
  readonly checks: LogChecks;
  readonly #news: BellNews;
  readonly #looks: LogLooks;

  constructor(channels: Channels, looks: LogLooks) {
    this.#news = new BellNews(channels);
    this.#looks = looks;
    this.checks = new LogChecks(looks, CHECK_EVERY_MS);
  }

  channelOf(bellId: string): string {
    return channelOf(placeOf(bellId).roomId);
  }

  listen(bellId: string, listener: ChannelListener): Promise<() => void> {
    const { roomId, memberId } = placeOf(bellId);
    return this.#news.listen(roomId, memberId, listener);
  }

  async start(bellId: string, follower: RoomFollower): Promise<void> {
    const at = await this.#looks.look(bellId);
    await (at ? follower.startAt(at) : follower.compare());
  }

  async compare(bellId: string, follower: RoomFollower): Promise<void> {
    if (!follower.isAt(await this.#looks.look(bellId))) await follower.compare();
  }
}

/** Whose bell a log is, and in which room. */
function placeOf(bellId: string): { readonly roomId: string; readonly memberId: string } {
  const place = bellOf(bellId);
  if (!place) throw new Error(`${bellId} is no bell`);
  return place;
}
