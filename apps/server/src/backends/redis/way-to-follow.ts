import type { ChannelListener } from "./channels.ts";
import type { RoomFollower } from "./follower.ts";

/** How one log is followed: where its news comes from, and how it is compared. */
export interface WayToFollow {
  readonly channel: string;
  /** Throws LogUnavailable. @returns stops it */
  listen(listener: ChannelListener): Promise<() => void>;
  /** Finds out where the log ends. Throws LogUnavailable. */
  start(follower: RoomFollower): Promise<void>;
  /** Compares once. Throws LogUnavailable. */
  compare(follower: RoomFollower): Promise<void>;
  /** Checks by the clock from now on. @returns stops it */
  keepChecking(follower: RoomFollower): () => void;
}
