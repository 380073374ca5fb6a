import type { ChannelListener } from "./channels.ts";
import type { RoomFollower } from "./follower.ts";
import type { LogChecks } from "./log-checks.ts";

/** How logs of one kind are followed: where their news comes from, and how they are compared. */
export interface WayToFollow {
  /** Compares them by the clock. */
  readonly checks: LogChecks;
  /** The channel that brings the news of a log. */
  channelOf(logId: string): string;
  /** Throws LogUnavailable. @returns stops it */
  listen(logId: string, listener: ChannelListener): Promise<() => void>;
  /** Finds out where the log ends. Throws LogUnavailable. */
  start(logId: string, follower: RoomFollower): Promise<void>;
  /** Compares once. Throws LogUnavailable. */
  compare(logId: string, follower: RoomFollower): Promise<void>;
}
