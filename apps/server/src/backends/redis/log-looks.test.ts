import { beforeEach, describe, expect, it } from "vitest";
import { chatDraft } from "../../../test/drafts.ts";
import { added } from "../../../test/log-contract/entries.ts";
import { useRedis } from "../../../test/redis-log.ts";
import type { Backend } from "../backend.ts";
import { LogLooks } from "./log-looks.ts";
import { NOWHERE } from "./follower.ts";

const AN_HOUR_MS = 3_600_000;
const BELL = "lobby/ann-1";
const META = `parley:{${BELL}}:meta`;

describe("a look at logs in Redis", () => {
  const redis = useRedis("--appendfsync", "no");
  let opened: Backend;
  let looks: LogLooks;
  beforeEach(async () => {
    opened = await redis.open();
    looks = new LogLooks((await redis.connect()).connection);
  });

  it("leaves nothing behind for a member to whom nobody wrote", async () => {
    const { log } = opened;
    const stop = await log.follow(BELL, () => {});
    expect(await looks.look(BELL)).toEqual(NOWHERE);
    expect(await redis.command("KEYS", "*")).toEqual([]);
    stop();
  });

  it("[W4] tells where each ends, as a follower knows it that heard of the last entry", async () => {
    const { log } = opened;
    const draft = chatDraft("hi");
    for (const each of [chatDraft("one"), draft]) await added(log, each, BELL);
    const { epoch } = await log.read(BELL, { limit: 0 });
    const { at, id } = draft.payload;
    expect(await Promise.all(["lobby/bob-1", BELL].map((bell) => looks.look(bell)))).toEqual([
      NOWHERE,
      { epoch, head: 2, tail: `${at} ${id}` },
    ]);
  });

  it.each(["meta", "log"])("leaves it to a reader of the log if its %s was lost", async (key) => {
    await added(opened.log, chatDraft("hi"), BELL);
    await redis.command("DEL", `parley:{${BELL}}:${key}`);
    expect(await looks.look(BELL)).toBeUndefined();
  });

  it("[O3] leaves it to a reader if it grew on another server", async () => {
    await added(opened.log, chatDraft("hi"), BELL);
    await redis.command("HSET", META, "lineage", "of another server");
    expect(await looks.look(BELL)).toBeUndefined();
  });

  it("[O3] keeps the epoch of an empty bell that a client knows", async () => {
    const { epoch } = await opened.log.read(BELL, { limit: 0 });
    await redis.command("PEXPIRE", META, String(AN_HOUR_MS * 0.6));
    expect(await looks.look(BELL)).toEqual({ epoch, head: 0, tail: undefined });
    expect(Number(await redis.command("PTTL", META))).toBeLessThan(AN_HOUR_MS * 0.7);
    await redis.command("PEXPIRE", META, String(AN_HOUR_MS * 0.4));
    await looks.look(BELL);
    expect(Number(await redis.command("PTTL", META))).toBeGreaterThan(AN_HOUR_MS * 0.9);
  });
});
