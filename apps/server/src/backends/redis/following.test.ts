import type { EntryFrame } from "@parley/protocol";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { chatDraft } from "../../../test/drafts.ts";
import { Channels } from "./channels.ts";
import { LogUnavailable, numbered, type Range } from "../../log/log.ts";
import { NEWS_MISSED, tellingOf } from "./entries.ts";
import { RedisFollowing } from "./following.ts";

/** The longest time between two comparisons, in ms. */
const COMPARED_WITHIN_MS = 6_700;

describe("the rooms that a server follows", () => {
  let log: EntryFrame[];
  let subscriptions: string[];
  let following: RedisFollowing;
  let channels: Channels;
  let epoch: string;
  let isAway: boolean;
  let redis: ConstructorParameters<typeof RedisFollowing>[1];
  /** The rooms that other servers were told to compare. */
  let missed: string[];
  /** The rooms whose logs were read. */
  let reads: string[];
  /** How many logs each look was at. */
  let looks: number[];
  beforeEach(() => {
    vi.useFakeTimers();
    [log, subscriptions, epoch, isAway, reads, looks] = [[], [], "e1", false, [], []];
    channels = new Channels({
      subscribe: async (name) => void subscriptions.push(name),
      unsubscribe: async (name) => void subscriptions.push(`no ${name}`),
      isListening: true,
    });
    const read = async (roomId: string, range: Range) => {
      if (isAway) throw new LogUnavailable("away");
      reads.push(roomId);
      const from = "after" in range ? range.after : Math.max(0, log.length - range.limit);
      const entries = log.slice(from, from + range.limit);
      return { epoch, head: log.length, first: 1, entries };
    };
    missed = [];
    // As log.lua looks where logs end.
    const call = async (_script: unknown, name: string, keys: readonly string[]) => {
      expect(name).toBe("look");
      if (isAway || keys[0]?.includes("{away}")) throw new LogUnavailable("away");
      looks.push(keys.length / 2);
      const last = log.at(-1)?.payload;
      const tail = last ? `${last.at} ${last.id}` : "";
      return Array.from({ length: keys.length / 2 }, () => [epoch, log.length, tail]);
    };
    redis = { spansRooms: true, call };
    following = new RedisFollowing(channels, redis, read, (roomId) => missed.push(roomId));
  });
  afterEach(() => {
    following.close();
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  const CHANNEL = "parley:{lobby}:live";

  function write(): EntryFrame {
    const entry = numbered(chatDraft("hi"), log.length + 1);
    log.push(entry);
    return entry;
  }

  /** Follows the room; gives what is told, and what stops it. */
  async function follow(roomId = "lobby") {
    const told: (number | "reset")[] = [];
    const stop = await following.follow(
      roomId,
      ({ payload }) => told.push(payload.seq),
      () => told.push("reset"),
    );
    return { told, stop };
  }

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
    expect(subscriptions).toEqual([CHANNEL, `no ${CHANNEL}`, CHANNEL]);
  });

  it("are compared together, and read only if their logs are not where they were", async () => {
    for (let n = 0; n < 450; n += 1) await follow(`room-${n}`);
    reads.length = 0;
    await vi.advanceTimersByTimeAsync(COMPARED_WITHIN_MS);
    expect(looks.reduce((sum, each) => sum + each, 0)).toBe(450);
    expect(Math.max(...looks)).toBeLessThanOrEqual(200);
    expect(looks.length).toBeLessThan(10);
    expect(reads).toEqual([]);
    write();
    await vi.advanceTimersByTimeAsync(COMPARED_WITHIN_MS);
    expect(new Set(reads).size).toBe(450);
  });

  it("[O2] are compared while the server of a cluster is away that has others", async () => {
    Object.assign(redis, { spansRooms: false });
    await follow("away");
    const { told } = await follow();
    write();
    await vi.advanceTimersByTimeAsync(COMPARED_WITHIN_MS);
    expect(told).toEqual([1]);
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

  it("[O2] are compared within seconds, for any random delay, and not all at once", async () => {
    for (const chance of [0, 0.999]) {
      vi.spyOn(Math, "random").mockReturnValue(chance);
      const { told, stop } = await follow();
      write();
      await vi.advanceTimersByTimeAsync(3_000);
      expect(told).toEqual([]);
      await vi.advanceTimersByTimeAsync(COMPARED_WITHIN_MS - 3_000);
      expect(told).toEqual([log.length]);
      stop();
    }
  });

  it("[O2] act at once on news of the log, and ignore other messages of the channel", async () => {
    const { told } = await follow();
    const { payload } = write();
    channels.message("p 1 1 entered {}", CHANNEL);
    channels.message(tellingOf("e1", payload.seq, JSON.stringify(chatDraft("hi"))), CHANNEL);
    expect(told).toEqual([1]);
  });

  it("[O2] are compared after a reconnect, also if the first comparison fails", async () => {
    const { told } = await follow();
    write();
    isAway = true;
    channels.renewed();
    await vi.advanceTimersByTimeAsync(0);
    isAway = false;
    channels.renewed();
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toEqual([1]);
  });

  it("[O3] tell all who follow of another log, and those who do not care nothing", async () => {
    const { told } = await follow();
    const entries: number[] = [];
    await following.follow("lobby", ({ payload }) => entries.push(payload.seq), undefined);
    write();
    epoch = "e2";
    channels.renewed();
    await vi.advanceTimersByTimeAsync(0);
    following.hear("lobby", "e2", write());
    expect([told, entries]).toEqual([["reset", 2], [2]]);
  });

  it("share one follower of the room", async () => {
    write();
    const { told } = await follow();
    expect(following.positionIn("lobby")).toMatchObject({ epoch: "e1", head: 1 });
    following.hear("lobby", "e1", write());
    write();
    await following.reach("lobby", "e1", write());
    expect(told).toEqual([2, 3, 4]);
    write();
    await following.notice("lobby", { epoch: "e1", head: 5, first: 1, entries: [] });
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toEqual([2, 3, 4, 5]);
    expect(following.positionIn("lobby")).toMatchObject({ head: 5 });
  });

  it("are no other rooms", async () => {
    const entry = write();
    expect(following.positionIn("attic")).toBeUndefined();
    following.hear("attic", "e1", entry);
    await following.reach("attic", "e1", entry);
    await following.notice("attic", { epoch: "e1", head: 1, first: 1, entries: [] });
    expect(subscriptions).toEqual([]);
  });

  it("go on for the others when one stops, and begin once more after all have", async () => {
    const [one, other] = [await follow(), await follow()];
    one.stop();
    following.hear("lobby", "e1", write());
    expect([one.told, other.told]).toEqual([[], [1]]);
    other.stop();
    await vi.advanceTimersByTimeAsync(0);
    expect(following.positionIn("lobby")).toBeUndefined();
    expect(subscriptions).toEqual([CHANNEL, `no ${CHANNEL}`]);
    const again = await follow();
    // Stopping one twice stops no other.
    other.stop();
    following.hear("lobby", "e1", write());
    expect([other.told, again.told]).toEqual([[1], [2]]);
    expect(subscriptions.at(-1)).toBe(CHANNEL);
    expect(vi.getTimerCount()).toBe(1);
  });

  it("[D4] are not followed if the log is away, and are with the next try", async () => {
    isAway = true;
    await expect(follow()).rejects.toThrow(LogUnavailable);
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
    expect(subscriptions).toEqual([CHANNEL, `no ${CHANNEL}`]);
    isAway = false;
    const { told } = await follow();
    following.hear("lobby", "e1", write());
    expect(told).toEqual([1]);
  });

  it("are given up all together when the log is closed", async () => {
    await follow();
    await follow("attic");
    following.close();
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
    expect(following.positionIn("lobby")).toBeUndefined();
    expect(subscriptions.slice(2)).toEqual([`no ${CHANNEL}`, "no parley:{attic}:live"]);
  });

  it("tell others to compare, if they appended just before a lost subscription came back", async () => {
    await follow();
    channels.renewed();
    expect(missed).toEqual([]);
    following.hear("lobby", epoch, write());
    channels.renewed();
    expect(missed).toEqual(["lobby"]);
    // Redis cuts what is silent for some seconds: a subscription is not lost for longer than that.
    await vi.advanceTimersByTimeAsync(10_001);
    channels.renewed();
    expect(missed).toEqual(["lobby"]);
  });

  it("are compared at once if others say that news may be missed, or an append has no answer", async () => {
    const { told } = await follow();
    write();
    channels.message(NEWS_MISSED, CHANNEL);
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toEqual([1]);
    write();
    following.doubt("lobby");
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toEqual([1, 2]);
  });
});
