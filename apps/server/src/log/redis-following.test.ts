import type { EntryFrame } from "@parley/protocol";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { chatDraft } from "../../test/drafts.ts";
import { Channels } from "../redis/channels.ts";
import { numbered } from "./log.ts";
import { RedisFollowing } from "./redis-following.ts";

/** The longest time between two comparisons, in ms. */
const COMPARED_WITHIN_MS = 6_700;

describe("the rooms that a server follows", () => {
  let log: EntryFrame[];
  let subscriptions: string[];
  let following: RedisFollowing;
  beforeEach(() => {
    vi.useFakeTimers();
    [log, subscriptions] = [[], []];
    const channels = new Channels({
      subscribe: async (name) => void subscriptions.push(name),
      unsubscribe: async () => {},
    });
    following = new RedisFollowing(channels, async (_roomId, range) => {
      const from = "after" in range ? range.after : Math.max(0, log.length - range.limit);
      const entries = log.slice(from, from + range.limit);
      return { epoch: "e1", head: log.length, first: 1, entries };
    });
  });
  afterEach(() => {
    following.close();
    vi.useRealTimers();
  });

  const write = () => log.push(numbered(chatDraft("hi"), log.length + 1));

  it("[O2] are compared with the log by the clock, again and again, though nothing is heard", async () => {
    const told: number[] = [];
    await following.follow("lobby", ({ payload }) => told.push(payload.seq), undefined);
    write();
    await vi.advanceTimersByTimeAsync(COMPARED_WITHIN_MS);
    expect(told).toEqual([1]);
    write();
    await vi.advanceTimersByTimeAsync(COMPARED_WITHIN_MS);
    expect(told).toEqual([1, 2]);
    // Twice nobody told of what was there: the subscription is made again.
    expect(subscriptions).toHaveLength(2);
  });

  it("are compared no longer once nobody follows", async () => {
    const told: number[] = [];
    const stop = await following.follow(
      "lobby",
      (entry) => told.push(entry.payload.seq),
      undefined,
    );
    stop();
    write();
    await vi.advanceTimersByTimeAsync(COMPARED_WITHIN_MS * 2);
    expect(told).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
