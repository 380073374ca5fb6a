import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { chatDraft } from "../../../test/drafts.ts";
import { added, seqsOf, upTo } from "../../../test/log-contract/entries.ts";
import { RedisCluster } from "@parley/testkit/redis-cluster";
import {
  connectTestRedis,
  openTestLog,
  useRedis,
  type TestRedis,
} from "../../../test/redis-log.ts";
import { STEADY_FOR_MS } from "../../timing/believable-clock.ts";
import type { Backend } from "../backend.ts";
import { RedisSweep, ROUND_EVERY_MS } from "./sweep.ts";
import type { TrimmingReport } from "../../log/host-reports.ts";

const A_MINUTE_MS = 60_000;
const A_DAY_MS = 86_400_000;
const NOW = 1_800_000_000_000;

let wall: number;
let steady: number;
let told: TrimmingReport[];
beforeEach(() => {
  wall = NOW;
  steady = 0;
  told = [];
});

const start = ({ connection }: TestRedis, ageMs = A_DAY_MS, pause = () => Promise.resolve()) =>
  new RedisSweep(connection, ageMs, {
    read: () => ({ wall, steady }),
    tell: (report) => told.push(report),
    pause,
  });

/** Lets time pass, with a look each minute. */
async function pass(ms: number, ...sweeps: readonly RedisSweep[]): Promise<void> {
  for (const sweep of sweeps) await sweep.look();
  for (let left = ms; left > 0; left -= A_MINUTE_MS) {
    const passed = Math.min(left, A_MINUTE_MS);
    wall += passed;
    steady += passed;
    for (const sweep of sweeps) await sweep.look();
  }
}

const say = ({ log }: Backend, at: number, roomId = "lobby") =>
  added(log, chatDraft("hi", { at }), roomId);

async function fill(opened: Backend, entries: number, at: number, roomId: string): Promise<void> {
  await Promise.all(upTo(entries).map(() => say(opened, at, roomId)));
}

const pageOf = ({ log }: Backend, roomId = "lobby") => log.read(roomId, { limit: 1_000 });
const kept = async (opened: Backend, roomId?: string) =>
  seqsOf((await pageOf(opened, roomId)).entries);

describe("age in Redis", () => {
  const redis = useRedis("--appendfsync", "no");
  let opened: Backend;
  let one: TestRedis;
  beforeEach(async () => {
    opened = await redis.open({ entries: Infinity, ageMs: A_DAY_MS });
    one = await redis.connect();
  });

  it("drops exactly the entries that are too old, to the ms", async () => {
    const end = NOW + STEADY_FOR_MS;
    for (const at of [end - A_DAY_MS - 1, end - A_DAY_MS, NOW]) await say(opened, at);
    await say(opened, NOW - A_DAY_MS / 2, "younger");
    await pass(STEADY_FOR_MS, start(one));
    expect(await pageOf(opened)).toMatchObject({ head: 3, first: 2 });
    expect(await kept(opened, "younger")).toEqual([1]);
    expect(told).toEqual([{ is: "trimmed", why: "age", entries: 1, rooms: 1 }]);
  });

  it("drops it from every room, however many steps that takes, and tells of it once", async () => {
    const rooms = upTo(60).map((i) => `room-${i}`);
    for (const room of rooms) {
      await fill(opened, room === "room-7" ? 250 : 2, NOW - A_DAY_MS, room);
      await say(opened, NOW, room);
    }
    const pause = vi.fn(() => Promise.resolve());
    await pass(STEADY_FOR_MS, start(one, A_DAY_MS, pause));
    for (const room of rooms) expect((await kept(opened, room)).length, room).toBe(1);
    expect(told).toEqual([{ is: "trimmed", why: "age", entries: 59 * 2 + 250, rooms: 60 }]);
    expect(pause.mock.calls.length).toBeGreaterThan(4);
  });

  it("drops nothing for a clock that is two days ahead for a minute", async () => {
    await say(opened, NOW - A_DAY_MS / 2);
    await say(opened, NOW, "elsewhere");
    const sweep = start(one);
    // All rooms are swept in the very minute in which it is.
    await pass(STEADY_FOR_MS + ROUND_EVERY_MS - A_MINUTE_MS, sweep);
    wall += 2 * A_DAY_MS;
    await pass(A_MINUTE_MS, sweep);
    wall -= 2 * A_DAY_MS;
    await pass(2 * ROUND_EVERY_MS, sweep);
    expect(await kept(opened)).toEqual([1]);
    expect(told).toEqual([
      { is: "clock", aheadMs: 2 * A_DAY_MS },
      { is: "clock", aheadMs: 0 },
    ]);
  });

  it("drops nothing for a clock that is two days ahead from the start, for two hours", async () => {
    await say(opened, NOW);
    wall += 2 * A_DAY_MS;
    await pass(2 * ROUND_EVERY_MS, start(one));
    expect(await kept(opened)).toEqual([1]);
  });

  it("drops nothing in the first 10 minutes after a start", async () => {
    await say(opened, NOW - 3 * A_DAY_MS);
    const sweep = start(one);
    await say(opened, NOW);
    await pass(STEADY_FOR_MS - 1, sweep);
    expect(await kept(opened)).toEqual([1, 2]);
    await pass(1, sweep);
    expect(await kept(opened)).toEqual([2]);
  });

  it("[O3] [R1] of a whole room leaves its epoch and its count, for as long again", async () => {
    const reset = vi.fn<() => void>();
    await opened.log.follow("lobby", () => {}, reset);
    await fill(opened, 3, NOW, "lobby");
    const { epoch } = await pageOf(opened);
    const sweep = start(one);
    await pass(A_DAY_MS + ROUND_EVERY_MS, sweep);
    expect(await pageOf(opened)).toMatchObject({ epoch, head: 3, first: 4, entries: [] });
    expect(await say(opened, wall)).toMatchObject({ payload: { seq: 4 } });
    expect(await pageOf(opened)).toMatchObject({ epoch, head: 4, first: 4 });
    expect(reset).not.toHaveBeenCalled();
    await pass(A_DAY_MS + ROUND_EVERY_MS, sweep);
    expect(await pageOf(opened)).toMatchObject({ epoch, head: 4, first: 5 });
    expect(await redis.command("KEYS", "*")).toEqual(["parley:{lobby}:meta"]);
    await pass(A_DAY_MS + 2 * ROUND_EVERY_MS, sweep);
    expect(await redis.command("EXISTS", "parley:{lobby}:meta")).toBe(0);
  });

  it("[O3] of a whole room hides no loss: what is written after it and lost makes a new epoch", async () => {
    await say(opened, NOW);
    const { epoch } = await pageOf(opened);
    await pass(A_DAY_MS + ROUND_EVERY_MS, start(one));
    await say(opened, wall);
    await redis.command("DEL", "parley:{lobby}:log", "parley:{lobby}:ids");
    expect((await pageOf(opened)).epoch).not.toBe(epoch);
  });

  it("is swept by two servers as by one", async () => {
    const other = await redis.connect();
    await fill(opened, 5, NOW - 2 * A_DAY_MS, "lobby");
    await say(opened, NOW);
    await fill(opened, 5, NOW - 2 * A_DAY_MS, "gone");
    const sweeps = [start(one), start(other)];
    for (const sweep of sweeps) await sweep.look();
    wall += STEADY_FOR_MS;
    steady += STEADY_FOR_MS;
    await Promise.all(sweeps.map((sweep) => sweep.look()));
    expect(await kept(opened)).toEqual([6]);
    expect(await pageOf(opened, "gone")).toMatchObject({ head: 5, first: 6 });
    const entries = told.map((report) => (report.is === "trimmed" ? report.entries : 0));
    expect(entries.reduce((sum, each) => sum + each, 0)).toBe(10);
  });

  it("goes from a Redis that is full, and a room that Redis refuses stops no other", async () => {
    for (const room of ["a", "b", "c"]) await fill(opened, 2, NOW - 2 * A_DAY_MS, room);
    await redis.command("DEL", "parley:{b}:log");
    await redis.command("SET", "parley:{b}:log", "none");
    await say(opened, NOW);
    const sweep = start(one);
    await sweep.look();
    await redis.command("CONFIG", "SET", "maxmemory", "1");
    await pass(STEADY_FOR_MS, sweep);
    await redis.command("CONFIG", "SET", "maxmemory", "0");
    for (const room of ["a", "c"]) expect(await kept(opened, room), room).toEqual([]);
  });
});

describe("age in a Redis Cluster", () => {
  let cluster: RedisCluster;
  beforeAll(async () => {
    cluster = await RedisCluster.start(3);
  });
  afterAll(() => cluster.stop());

  it("drops what is too old from the rooms of every server", async () => {
    const opened = await openTestLog(cluster.url);
    const redis = await connectTestRedis(cluster.url);
    const rooms = upTo(30).map((i) => `room-${i}`);
    for (const room of rooms) {
      await fill(opened, 2, NOW - 2 * A_DAY_MS, room);
      await say(opened, NOW, room);
    }
    await pass(STEADY_FOR_MS, start(redis));
    for (const room of rooms) expect(await kept(opened, room), room).toEqual([3]);
    redis.close();
    await opened.close();
  });
});
