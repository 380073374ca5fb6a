import { BellNews } from "./bell-news.ts";
import type { Channels } from "./channels.ts";
import { channelOf } from "./connection.ts";
import { LogChecks } from "./log-checks.ts";
import type { LogLooks } from "./log-looks.ts";
import type { WayToFollow } from "./way-to-follow.ts";

/** How often all bells are compared with their logs, in ms. */
const CHECK_EVERY_MS = 22_000;

/** How bells are followed. Every member has one, so those of a room share a listener. */
export class BellFollowing {
  readonly #news: BellNews;
  readonly #looks: LogLooks;
  readonly #checks: LogChecks;

  constructor(channels: Channels, looks: LogLooks) {
    this.#news = new BellNews(channels);
    this.#looks = looks;
    this.#checks = new LogChecks(looks, CHECK_EVERY_MS);
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
      keepChecking: (follower) => this.#checks.keep(bellId, follower),
    };
  }
}
