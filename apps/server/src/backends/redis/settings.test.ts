import { until } from "@parley/testkit";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { deleteDraft, setDraft } from "../../../test/drafts.ts";
import { added, fill, upTo } from "../../../test/log-contract/entries.ts";
import { useRedis } from "../../../test/redis-log.ts";
import type { Draft } from "../../log/log.ts";
import type { Backend } from "../backend.ts";

const [META, LOG, IDS, SETTINGS] = ["meta", "log", "ids", "settings"].map(
  (name) => `parley:{lobby}:${name}`,
) as [string, string, string, string];

describe("the settings of a room in Redis", () => {
  const redis = useRedis("--appendfsync", "no");
  let opened: Backend;
  beforeEach(async () => {
    opened = await redis.open();
  });

  const read = () => opened.log.read("lobby", { limit: 0, withSettings: true });
  const keysNow = async () => (await read()).settings?.map(({ payload }) => payload.key);

  /** Appends as the script of a server does that knows no settings. */
  async function appendAsBefore(draft: Draft): Promise<void> {
    const seq = Number(await redis.command("HINCRBY", META, "head", "1"));
    const { id, at, from } = draft.payload;
    const fields = ["id", id, "at", String(at), "entry", JSON.stringify(draft)];
    await redis.command("XADD", LOG, `${seq}-0`, ...fields);
    await redis.command("HSET", IDS, id, `${seq}:o:${from.id}`);
  }

  it("[G2] goes through what a server of before added: a deletion drops the pin", async () => {
    await fill(opened.log, 2);
    for (const seq of [1, 2]) await added(opened.log, setDraft(`pin:${seq}`, true));
    await appendAsBefore(deleteDraft(1));
    expect(await keysNow()).toEqual(["pin:2"]);
    await appendAsBefore(deleteDraft(2));
    expect(await opened.log.append("lobby", setDraft("pin:2", true))).toEqual({
      is: "unknown_target",
    });
    expect(await keysNow()).toEqual([]);
  });

  it("knows what was deleted in a room from before there were settings", async () => {
    await fill(opened.log, 1_500);
    await redis.command("HDEL", META, "folded");
    await appendAsBefore(deleteDraft(1_400));
    const { epoch } = await opened.log.read("lobby", { limit: 0 });
    for (const [seq, is] of [
      [1_400, "unknown_target"],
      [1_399, "new"],
    ] as const) {
      expect(await opened.log.append("lobby", setDraft(`pin:${seq}`, true))).toMatchObject({ is });
    }
    expect(await opened.log.read("lobby", { limit: 0 })).toMatchObject({ epoch, head: 1_502 });
  });

  it("[O3] [G2] forgets at a reset what the log does not have", async () => {
    await added(opened.log, setDraft("name", "Bees"));
    await added(opened.log, setDraft("topic", "Honey"));
    await added(opened.log, setDraft("name", "Wasps"));
    await redis.command("DEL", META);
    await redis.command("XDEL", LOG, "3-0");
    expect(await keysNow()).toEqual(["name", "topic"]);
    expect(await read()).toMatchObject({ head: 2, settings: [{ payload: { value: "Bees" } }, {}] });
  });

  it("[O3] forgets the settings of a room that was deleted in any way", async () => {
    await added(opened.log, setDraft("name", "Bees"));
    await redis.command("DEL", META, LOG, IDS);
    expect(await keysNow()).toEqual([]);
    expect(await redis.command("EXISTS", SETTINGS)).toBe(0);
  });

  it("[O3] [G2] has what the new log says once everything is lost, also where somebody follows", async () => {
    const reset = vi.fn<() => void>();
    await opened.log.follow("lobby", () => {}, reset);
    await added(opened.log, setDraft("name", "Bees"));
    const { epoch } = await read();
    await redis.command("FLUSHALL");
    const other = await redis.open();
    await added(other.log, setDraft("topic", "Honey"));
    await until(() => expect(reset).toHaveBeenCalled());
    const now = await read();
    expect(now.epoch).not.toBe(epoch);
    expect(now).toMatchObject({ head: 1, settings: [{ payload: { seq: 1, key: "topic" } }] });
    expect((await other.log.read("lobby", { limit: 0, withSettings: true })).settings).toEqual(
      now.settings,
    );
  });

  it("[O3] [G2] knows again which message is deleted if the ids are lost", async () => {
    await fill(opened.log, 2);
    for (const seq of [1, 2]) await added(opened.log, setDraft(`pin:${seq}`, true));
    await added(opened.log, deleteDraft(1));
    const { epoch } = await read();
    await redis.command("DEL", IDS);
    expect(await keysNow()).toEqual(["pin:2"]);
    expect((await read()).epoch).not.toBe(epoch);
    expect(await opened.log.append("lobby", setDraft("pin:1", true))).toEqual({
      is: "unknown_target",
    });
  });

  it("keeps nothing of a deletion once its message is trimmed", async () => {
    opened = await redis.open({ entries: 3, ageMs: Infinity });
    await fill(opened.log, 2);
    for (const seq of [1, 2]) await added(opened.log, deleteDraft(seq));
    await fillMore(5);
    const fields = (await redis.command("HKEYS", IDS)) as string[];
    expect(fields.filter((field) => field.startsWith(" "))).toEqual([]);
  });

  it("costs a join no call of its own, and no command if nothing is set but the look", async () => {
    await fill(opened.log, 1);
    const calls = async (act: () => Promise<unknown>) => {
      await redis.command("CONFIG", "RESETSTAT");
      await act();
      const stats = String(await redis.command("INFO", "commandstats"));
      return Object.fromEntries(
        Array.from(
          stats.matchAll(/^cmdstat_(evalsha|h\w+|x\w+):calls=(\d+)/gm),
          ([, name = "", count]): [string, number] => [name, Number(count)],
        ),
      );
    };
    const plain = await calls(() => opened.log.read("lobby", { limit: 50 }));
    expect(await calls(() => opened.log.read("lobby", { limit: 50, withSettings: true }))).toEqual({
      ...plain,
      hvals: 1,
    });
    expect(plain).toMatchObject({ evalsha: 1 });
  });

  async function fillMore(count: number): Promise<void> {
    for (const n of upTo(count)) await added(opened.log, setDraft("topic", `${n}`));
  }
});
