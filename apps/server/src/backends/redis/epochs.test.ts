import type { Since } from "@parley/protocol";
import { until } from "@parley/testkit";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { chatDraft } from "../../../test/drafts.ts";
import { added, fill, seqOf, seqsOf } from "../../../test/log-contract/entries.ts";
import { openTestLog } from "../../../test/redis-log.ts";
import { RedisServer } from "@parley/testkit/redis-server";
import { readJoinSnapshot } from "../../rooms/join-snapshot.ts";
import type { Backend } from "../backend.ts";

const AN_HOUR_MS = 3_600_000;

describe("the epochs of the log in Redis", () => {
  let redis: RedisServer;
  let one: Backend;
  let other: Backend;
  beforeAll(async () => {
    redis = await RedisServer.start();
  });
  afterAll(() => redis.stop());
  beforeEach(async () => {
    await redis.command("FLUSHALL");
    [one, other] = await Promise.all([openTestLog(redis.url), openTestLog(redis.url)]);
  });
  afterEach(() => Promise.all([one.close(), other.close()]));

  const headOf = ({ log }: Backend) => log.read("lobby", { limit: 0 });
  const epochOf = async (opened: Backend) => (await headOf(opened)).epoch;

  it("[O3] are the same for all servers, and for an empty room as for its first entry", async () => {
    const epoch = await epochOf(one);
    expect(await epochOf(other)).toBe(epoch);
    await fill(other.log, 1);
    expect(await epochOf(one)).toBe(epoch);
  });

  it("store nothing for a code that was only guessed", async () => {
    await headOf(one);
    const ttl = Number(await redis.command("PTTL", "parley:{lobby}:meta"));
    expect(ttl).toBeGreaterThan(AN_HOUR_MS - 60_000);
    expect(ttl).toBeLessThanOrEqual(AN_HOUR_MS);
    await fill(one.log, 1);
    expect(await redis.command("PTTL", "parley:{lobby}:meta")).toBe(-1);
  });

  it("of empty rooms are renewed by a reading only when half of their time is over", async () => {
    await headOf(one);
    const leftAfterReading = async (ms: number) => {
      await redis.command("PEXPIRE", "parley:{lobby}:meta", String(ms));
      await headOf(one);
      return Number(await redis.command("PTTL", "parley:{lobby}:meta"));
    };
    expect(await leftAfterReading(AN_HOUR_MS * 0.6)).toBeLessThanOrEqual(AN_HOUR_MS * 0.6);
    expect(await leftAfterReading(AN_HOUR_MS * 0.4)).toBeGreaterThan(AN_HOUR_MS * 0.9);
  });

  it("[O3] change if everything was lost, and tell those who follow", async () => {
    const told: (number | undefined)[] = [];
    const reset = vi.fn<() => void>();
    await one.log.follow("lobby", (entry) => told.push(seqOf(entry)), reset);
    await fill(one.log, 3);
    const before = await epochOf(one);
    await redis.command("FLUSHALL");
    expect(seqOf(await added(other.log, chatDraft("after")))).toBe(1);
    await until(() => expect(reset).toHaveBeenCalledOnce());
    expect(await epochOf(one)).not.toBe(before);
    await added(other.log, chatDraft("and on"));
    await until(() => expect(told).toEqual([1, 2, 3, 2]));
  });

  it.each(["meta", "log", "ids"])(
    "[O3] change if the %s was lost alone, and what is left is kept",
    async (part) => {
      await fill(one.log, 3);
      const before = await epochOf(one);
      await redis.command("DEL", `parley:{lobby}:${part}`);
      const page = await other.log.read("lobby", { limit: 10 });
      expect(page.epoch).not.toBe(before);
      expect(seqsOf(page.entries)).toEqual(part === "log" ? [] : [1, 2, 3]);
      expect(await epochOf(one)).toBe(page.epoch);
      const repeated = await one.log.append("lobby", chatDraft("2", { id: "m2" }));
      expect(repeated.is).toBe(part === "log" ? "new" : "repeat");
    },
  );

  it("[O3] change if a server knows entries that are no longer there", async () => {
    const reset = vi.fn<() => void>();
    await one.log.follow("lobby", () => {}, reset);
    await fill(one.log, 3);
    const before = await epochOf(one);
    // What a log looks like that was rolled back by two entries.
    await redis.command("XTRIM", "parley:{lobby}:log", "MAXLEN", "0");
    for (const id of ["m2", "m3"]) await redis.command("HDEL", "parley:{lobby}:ids", id);
    await redis.command("DEL", "parley:{lobby}:log");
    const stored = JSON.stringify(chatDraft("1", { id: "m1" }));
    const fields = ["id", "m1", "at", "1800000000000", "entry", stored];
    await redis.command("XADD", "parley:{lobby}:log", "1-0", ...fields);
    await redis.command("HSET", "parley:{lobby}:meta", "head", "1");
    expect(seqOf(await added(one.log, chatDraft("next")))).toBe(2);
    await until(() => expect(reset).toHaveBeenCalledOnce());
    expect(await epochOf(other)).not.toBe(before);
  });

  it("[O3] change if another entry stands where a server knows the last", async () => {
    const reset = vi.fn<() => void>();
    await one.log.follow("lobby", () => {}, reset);
    await fill(one.log, 3);
    const before = await epochOf(one);
    // Rolled back by one entry; then another server wrote, and this one did not hear it.
    await redis.command("XTRIM", "parley:{lobby}:log", "MAXLEN", "0");
    await redis.command("DEL", "parley:{lobby}:log");
    for (const seq of [1, 2, 3, 4]) {
      const id = seq < 3 ? `m${seq}` : `n${seq}`;
      const stored = JSON.stringify(chatDraft(`${seq}`, { id }));
      const fields = ["id", id, "at", "1800000000000", "entry", stored];
      await redis.command("XADD", "parley:{lobby}:log", `${seq}-0`, ...fields);
    }
    await redis.command("HSET", "parley:{lobby}:meta", "head", "4");
    expect(seqOf(await added(one.log, chatDraft("next")))).toBe(5);
    await until(() => expect(reset).toHaveBeenCalledOnce());
    expect(await epochOf(other)).not.toBe(before);
  });

  it("[O3] [R5] stay if an older state is put back while nobody follows, and a client that knows more is reset", async () => {
    await fill(one.log, 3);
    await Promise.all([one.close(), other.close()]);
    await redis.kill();
    const copy = await redis.copyData();
    await redis.start();
    one = await openTestLog(redis.url);
    const { epoch } = await headOf(one);
    const { payload } = await added(one.log, chatDraft("lost", { id: "lost" }));
    await one.close();
    await redis.kill();
    await copy.restore();
    await copy.remove();
    await redis.start();
    [one, other] = await Promise.all([openTestLog(redis.url), openTestLog(redis.url)]);
    for (const id of ["n4", "n5"]) await added(one.log, chatDraft("on", { id }));
    const open = (since: Since) => readJoinSnapshot(one.log, "lobby", since);
    const copies = [
      { epoch, seq: payload.seq, id: payload.id },
      { epoch, seq: payload.seq },
    ];
    for (const since of copies) expect(await open(since)).toMatchObject({ recovered: false });
    const upToDate = await open({ epoch, seq: 3, id: "m3" });
    expect(upToDate).toMatchObject({ recovered: true, missed: 2 });
  });
});
