import { BellLooks, LOOKED_AT_MAX } from "./bell-looks.ts";
import { BellNews } from "./bell-news.ts";
import type { Channels } from "./channels.ts";
import { channelOf, type RedisConnection } from "./connection.ts";
import type { RoomFollower } from "./follower.ts";
import { nowAndThen } from "./now-and-then.ts";
import type { WayToFollow } from "./way-to-follow.ts";

/** How often all bells are compared with their logs though nothing seems lost, in ms. */
const CHECK_EVERY_MS = 22_000;

/**
 * How bells are followed. Every member has one, so they share what rooms have for themselves: a
 * listener a room, a clock, and calls of Redis.
 */
export class BellFollowing {
  readonly #news: BellNews;
  readonly #looks: BellLooks;
  readonly #checked = new Map<string, RoomFollower>();
  #stopChecks: (() => void) | undefined;

  constructor(channels: Channels, redis: Pick<RedisConnection, "call" | "spansRooms">) {
    this.#news = new BellNews(channels);
    this.#looks = new BellLooks(redis);
  }

  /** How the bell of a member is followed; `bellId` is the id of its log. */
  wayTo(bellId: string, roomId: string, memberId: string): WayToFollow {
    return {
      channel: channelOf(roomId),
      listen: (listener) => this.#news.listen(roomId, memberId, listener),
      start: async (follower) => {
        const at = await this.#looks.look(bellId);
        await (at ? follower.startAt(at) : follower.compare());
      },
      compare: async (follower) => {
        if (!follower.isAt(await this.#looks.look(bellId))) await follower.compare();
      },
      keepChecking: (follower) => {
        this.#checked.set(bellId, follower);
        this.#stopChecks ??= nowAndThen(CHECK_EVERY_MS, () => this.#checkAll());
        return () => {
          this.#checked.delete(bellId);
          if (this.#checked.size > 0) return;
          this.#stopChecks?.();
          this.#stopChecks = undefined;
        };
      },
    };
  }

  async #checkAll(): Promise<void> {
    const all = [...this.#checked];
    for (let from = 0; from < all.length; from += LOOKED_AT_MAX) {
      await Promise.all(
        all
          .slice(from, from + LOOKED_AT_MAX)
          .map(async ([bellId, follower]) => follower.check(await this.#looks.look(bellId))),
      );
    }
  }
}
