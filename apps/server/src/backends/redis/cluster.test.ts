import { setImmediate } from "node:timers/promises";
import { until } from "@parley/testkit";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { chatDraft } from "../../../test/drafts.ts";
import { added, seqsOf, upTo } from "../../../test/log-contract/entries.ts";
import { RedisCluster } from "@parley/testkit/redis-cluster";
import { openTestLog } from "../../../test/redis-log.ts";
import { LogUnavailable } from "../../log/log.ts";
import type { Backend } from "../backend.ts";

describe("the log in a Redis Cluster", () => {
  let cluster: RedisCluster;
  let one: Backend;
  let other: Backend;
  beforeAll(async () => {
    cluster = await RedisCluster.start(3);
  });
  afterAll(() => cluster.stop());
  beforeEach(async () => {
    [one, other] = await Promise.all([openTestLog(cluster.url), openTestLog(cluster.url)]);
  });
  afterEach(() => Promise.all([one.close(), other.close()]));

  it("[O1] [O2] keeps the rooms of every server, and tells of them everywhere", async () => {
    const rooms = upTo(12).map((i) => `room-${i}`);
    const told = new Map<string, number[]>(rooms.map((room) => [room, []]));
    for (const room of rooms) {
      await other.log.follow(room, ({ payload }) => told.get(room)?.push(payload.seq));
    }
    await Promise.all(
      rooms.flatMap((room) => upTo(10).map((i) => added(one.log, chatDraft(`${i}`), room))),
    );
    for (const room of rooms) {
      await until(() => expect(told.get(room)).toEqual(upTo(10)));
      expect(seqsOf((await other.log.read(room, { limit: 20 })).entries)).toEqual(upTo(10));
    }
    const used = await Promise.all(cluster.servers.map((server) => server.command("DBSIZE")));
    for (const keys of used) expect(Number(keys)).toBeGreaterThan(0);
  });

  it("[O2] [D2] loses and doubles nothing while a slot moves under load", async () => {
    const told: number[] = [];
    const reset = vi.fn<() => void>();
    await other.log.follow("moving", ({ payload }) => told.push(payload.seq), reset);
    const moved = cluster.moveSlotOf("parley:{moving}:log");
    for (const i of upTo(200)) await persist(one, chatDraft(`${i}`, { id: `m${i}` }));
    await moved;
    for (const i of upTo(20)) await persist(other, chatDraft(`${i}`, { id: `n${i}` }));
    await until(() => expect(told).toEqual(upTo(220)));
    expect(reset).not.toHaveBeenCalled();
    const page = await one.log.read("moving", { limit: 300 });
    expect(new Set(page.entries.map(({ payload }) => payload.id)).size).toBe(220);
  });

  it("[O1] keeps the order of one author's messages, sent at once, while a slot moves", async () => {
    const moved = cluster.moveSlotOf("parley:{order}:log");
    const appending: Promise<unknown>[] = [];
    for (const i of upTo(400)) {
      appending.push(one.log.append("order", chatDraft(`${i}`, { id: `m${i}` })).catch(() => {}));
      if (i % 4 === 0) await setImmediate();
    }
    await Promise.all([moved, ...appending]);
    const { entries } = await one.log.read("order", { limit: 400 });
    const written = entries.map(({ payload }) => Number(payload.id.slice(1)));
    expect(written.length).toBeGreaterThan(0);
    expect(written).toEqual(written.toSorted((a, b) => a - b));
  });

  it("[D1] [D4] waits for the replicas of each server by itself", async () => {
    const rooms = upTo(12).map((i) => `strict-${i}`);
    const strict = await openTestLog(cluster.url, undefined, 1);
    const add = (room: string) => strict.log.append(room, chatDraft("hi", { id: room }));
    const refused = await Promise.allSettled(rooms.map(add));
    expect(refused.filter(({ status }) => status === "fulfilled")).toEqual([]);
    const waits = await Promise.all(
      cluster.servers.map(async (server) => {
        const stats = String(await server.command("INFO", "commandstats"));
        return Number(/cmdstat_wait:calls=(\d+)/.exec(stats)?.[1] ?? 0);
      }),
    );
    // A WAIT for each room would be twelve, and there may be probes already.
    expect(Math.max(...waits)).toBeGreaterThan(0);
    expect(waits.reduce((sum, n) => sum + n)).toBeLessThan(12);
    await strict.close();
  });

  /** Tries again for as long as it is refused for now, as a client does. */
  async function persist({ log }: Backend, draft: ReturnType<typeof chatDraft>): Promise<void> {
    for (;;) {
      try {
        await log.append("moving", draft);
        return;
      } catch (error) {
        if (!(error instanceof LogUnavailable)) throw error;
      }
    }
  }
});
