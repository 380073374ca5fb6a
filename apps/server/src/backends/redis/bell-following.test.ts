import type { EntryFrame } from "@parley/protocol";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { chatDraft } from "../../../test/drafts.ts";
import { LogUnavailable, numbered, type Range } from "../../log/log.ts";
import { Channels } from "./channels.ts";
import { NEWS_MISSED, tellingOf } from "./entries.ts";
import { RedisFollowing } from "./following.ts";

/** How long an acknowledged message may take to be heard of after a fault, in ms (SPEC W4). */
const HEARD_WITHIN_MS = 30_000;
const CHANNEL = "parley:{lobby}:live";

describe("the bells that a server follows", () => {
  /** By the id of the bell. */
  let logs: Map<string, EntryFrame[]>;
  let subscriptions: string[];
  let following: RedisFollowing;
  let channels: Channels;
  let isAway: boolean;
  /** How many bells each look was at. */
  let looks: number[];
  let reads: string[];
  /** Bells whose end only a reader of the log can tell. */
  let unclear: Set<string>;
  const redis = { spansRooms: true, call: look };

  beforeEach(() => {
    vi.useFakeTimers();
    [logs, subscriptions, isAway, looks, reads, unclear] = [
      new Map(),
      [],
      false,
      [],
      [],
      new Set(),
    ];
    redis.spansRooms = true;
    channels = new Channels({
      subscribe: async (name) => void subscriptions.push(name),
      unsubscribe: async (name) => void subscriptions.push(`no ${name}`),
      isListening: true,
    });
    following = new RedisFollowing(channels, redis, read, () => {});
  });
  afterEach(() => {
    following.close();
    vi.useRealTimers();
  });

  async function read(bellId: string, range: Range) {
    if (isAway) throw new LogUnavailable("away");
    reads.push(bellId);
    const log = logs.get(bellId) ?? [];
    const from = "after" in range ? range.after : Math.max(0, log.length - range.limit);
    return { epoch: "e1", head: log.length, first: 1, entries: log.slice(from) };
  }

  /** As log.lua. */
  async function look(_script: unknown, name: string, keys: readonly string[]): Promise<unknown> {
    expect(name).toBe("look");
    if (isAway) throw new LogUnavailable("away");
    const ids = keys.flatMap((key) => /^parley:\{(.*)\}:meta$/.exec(key)?.[1] ?? []);
    looks.push(ids.length);
    return ids.map((id) => {
      if (unclear.has(id)) return null;
      const log = logs.get(id) ?? [];
      const last = log.at(-1)?.payload;
      return last ? ["e1", log.length, `${last.at} ${last.id}`] : [];
    });
  }

  /** Writes to a bell; gives its news, as the channel of the room has it. */
  function ring(member: string): string {
    const log = logs.get(`lobby/${member}`) ?? [];
    logs.set(`lobby/${member}`, log);
    const draft = chatDraft("hi");
    log.push(numbered(draft, log.length + 1));
    return `b ${member} ${tellingOf("e1", log.length, JSON.stringify(draft))}`;
  }

  async function follow(member: string) {
    const told: (number | "reset")[] = [];
    const stop = await following.follow(
      `lobby/${member}`,
      ({ payload }) => told.push(payload.seq),
      () => told.push("reset"),
    );
    return { told, stop };
  }

  it("[W4] hear of their own news alone, on the room's channel", async () => {
    const [ann, bob] = [await follow("ann-1"), await follow("bob-1")];
    expect(subscriptions).toEqual([CHANNEL]);
    const news = ring("ann-1");
    for (const text of [news.slice("b ann-1 ".length), "p 1 1 entered {}", "b cat-1 x"])
      channels.message(text, CHANNEL);
    expect([ann.told, bob.told]).toEqual([[], []]);
    channels.message(news, CHANNEL);
    expect([ann.told, bob.told]).toEqual([[1], []]);
  });

  it("are looked at together, and read only if they are not where they were", async () => {
    const members = Array.from({ length: 450 }, (_, i) => `m${i}`);
    await Promise.all(members.map((member) => follow(member)));
    // The first came alone; the others waited for the answer.
    expect(looks).toEqual([1, 200, 200, 49]);
    looks.length = 0;
    ring("m7");
    await vi.advanceTimersByTimeAsync(HEARD_WITHIN_MS);
    expect(looks.slice(0, 3)).toEqual([1, 199, 1]);
    expect(new Set(reads)).toEqual(new Set(["lobby/m7"]));
  });

  it("[W4] are compared within 30 s, though nothing was heard", async () => {
    const { told } = await follow("ann-1");
    ring("ann-1");
    await vi.advanceTimersByTimeAsync(HEARD_WITHIN_MS);
    expect(told).toEqual([1]);
    ring("ann-1");
    await vi.advanceTimersByTimeAsync(HEARD_WITHIN_MS);
    expect(told).toEqual([1, 2]);
    // Twice nobody told of what was there: the subscription is made again.
    expect(subscriptions).toEqual([CHANNEL, `no ${CHANNEL}`, CHANNEL]);
  });

  it("[W4] are compared at once after a reconnect, or if news may be missed", async () => {
    const [ann, bob] = [await follow("ann-1"), await follow("bob-1")];
    for (const member of ["ann-1", "bob-1"]) ring(member);
    isAway = true;
    channels.renewed();
    await vi.advanceTimersByTimeAsync(0);
    isAway = false;
    channels.message(`b bob-1 ${NEWS_MISSED}`, CHANNEL);
    await vi.advanceTimersByTimeAsync(0);
    expect([ann.told, bob.told]).toEqual([[], [1]]);
    channels.renewed();
    await vi.advanceTimersByTimeAsync(0);
    expect([ann.told, bob.told]).toEqual([[1], [1]]);
  });

  it("[O3] are read if only that tells where they end", async () => {
    ring("ann-1");
    unclear.add("lobby/ann-1");
    const { told } = await follow("ann-1");
    channels.message(ring("ann-1"), CHANNEL);
    expect([told, reads]).toEqual([[2], ["lobby/ann-1"]]);
  });

  it("are looked at one by one in a cluster", async () => {
    redis.spansRooms = false;
    const all = await Promise.all(["a", "b", "c"].map((member) => follow(member)));
    ring("b");
    await vi.advanceTimersByTimeAsync(HEARD_WITHIN_MS);
    expect(all.map(({ told }) => told)).toEqual([[], [1], []]);
    expect(new Set(looks)).toEqual(new Set([1]));
  });

  it("[D4] are not followed if the log is away, and are with the next try", async () => {
    isAway = true;
    await expect(follow("ann-1")).rejects.toThrow(LogUnavailable);
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
    isAway = false;
    const { told } = await follow("ann-1");
    channels.message(ring("ann-1"), CHANNEL);
    expect(told).toEqual([1]);
  });

  it("stop one by one, and with the last one the subscription and the clock", async () => {
    const [ann, bob] = [await follow("ann-1"), await follow("bob-1")];
    ann.stop();
    channels.message(ring("ann-1"), CHANNEL);
    channels.message(ring("bob-1"), CHANNEL);
    expect([ann.told, bob.told]).toEqual([[], [1]]);
    bob.stop();
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
    expect(subscriptions).toEqual([CHANNEL, `no ${CHANNEL}`]);
    const again = await follow("ann-1");
    channels.message(ring("ann-1"), CHANNEL);
    expect(again.told).toEqual([2]);
  });
});
