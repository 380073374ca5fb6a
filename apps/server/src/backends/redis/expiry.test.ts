import { beforeEach, describe, expect, it } from "vitest";
import { chatDraft } from "../../../test/drafts.ts";
import { added, seqsOf } from "../../../test/log-contract/entries.ts";
import { useRedis, type TestRedis } from "../../../test/redis-log.ts";
import type { Backend } from "../backend.ts";
import { RedisSweep } from "./sweep.ts";

const A_MINUTE_MS = 60_000;
const A_DAY_MS = 86_400_000;
const NOW = 1_800_000_000_000;
const PARTS = ["meta", "log", "ids"] as const;

describe("expiry by Redis's clock", () => {
  const redis = useRedis("--appendfsync", "no");
  let opened: Backend;
  let one: TestRedis;
  beforeEach(async () => {
    opened = await redis.open({ entries: Infinity, ageMs: A_DAY_MS });
    one = await redis.connect();
  });

  const say = ({ log }: Backend, at: number) => added(log, chatDraft("hi", { at }));
  const pageOf = ({ log }: Backend) => log.read("lobby", { limit: 1_000 });
  const sweep = ({ connection }: TestRedis, ageMs = A_DAY_MS) =>
    new RedisSweep(connection, ageMs, {
      read: () => ({ wall: NOW, steady: 0 }),
      tell: () => {},
      pause: () => Promise.resolve(),
    }).look();

  const ttls = () =>
    Promise.all(PARTS.map((part) => redis.command("PTTL", `parley:{lobby}:${part}`)));

  /** Makes a room expire, as a server of before did, whose last entry was to go at `ends`. */
  async function expire(ends: number): Promise<void> {
    await redis.command("HSET", "parley:{lobby}:meta", "until", String(ends));
    await redis.command("PEXPIREAT", "parley:{lobby}:meta", String(ends + A_DAY_MS));
    for (const part of ["log", "ids"]) {
      await redis.command("PEXPIREAT", `parley:{lobby}:${part}`, String(ends));
    }
  }

  it("meets nothing that is written", async () => {
    await say(opened, NOW - 10 * A_DAY_MS);
    await say(opened, NOW);
    expect(await ttls()).toEqual([-1, -1, -1]);
    expect(seqsOf((await pageOf(opened)).entries)).toEqual([1, 2]);
  });

  it("of before ends when a room is read, written to or swept", async () => {
    const { epoch } = await pageOf(opened);
    const touches = [
      () => pageOf(opened),
      () => say(opened, NOW),
      () => sweep(one),
      () => sweep(one, Infinity),
    ];
    await say(opened, NOW);
    for (const touch of touches) {
      await expire(Date.now() + A_DAY_MS);
      expect(await ttls()).not.toContain(-1);
      await touch();
      expect(await ttls()).toEqual([-1, -1, -1]);
    }
    expect(await pageOf(opened)).toMatchObject({ epoch, head: 2, first: 1 });
  });

  it("[O3] of before leaves the epoch of a room that it had emptied", async () => {
    await say(opened, NOW);
    const { epoch } = await pageOf(opened);
    await expire(Date.now() - A_MINUTE_MS);
    expect(await redis.command("EXISTS", "parley:{lobby}:log")).toBe(0);
    expect(await pageOf(opened)).toMatchObject({ epoch, head: 1, first: 2 });
    expect(await say(opened, NOW)).toMatchObject({ payload: { seq: 2 } });
    expect(await pageOf(opened)).toMatchObject({ epoch, head: 2, first: 2 });
  });

  it("of a code that was only guessed is not put off by a sweep", async () => {
    await pageOf(opened);
    await redis.command("PEXPIRE", "parley:{lobby}:meta", String(A_MINUTE_MS));
    await sweep(one);
    expect(Number((await ttls())[0])).toBeLessThanOrEqual(A_MINUTE_MS);
  });
});
