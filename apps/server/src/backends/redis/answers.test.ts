import { beforeEach, describe, expect, it } from "vitest";
import { chatDraft } from "../../../test/drafts.ts";
import { upTo } from "../../../test/log-contract/entries.ts";
import { openTestLog, useRedis } from "../../../test/redis-log.ts";
import { LogUnavailable, type Draft } from "../../log/log.ts";
import type { Backend } from "../backend.ts";

describe("what the log in Redis answers", () => {
  const redis = useRedis();
  let opened: Backend;
  let told: number[];
  beforeEach(async () => {
    opened = await redis.open();
    told = [];
    await opened.log.follow("lobby", ({ payload }) => told.push(payload.seq));
  });

  /** Writes like a server whose replicas are missing: the entry is stored, and nobody is told. */
  async function writeUnheard(drafts: readonly Draft[]): Promise<void> {
    const strict = await openTestLog(redis.server.url, undefined, 1);
    const written = drafts.map((draft) => strict.log.append("lobby", draft));
    for (const { status, ...rest } of await Promise.allSettled(written)) {
      expect(rest).toMatchObject({ reason: expect.any(LogUnavailable) as unknown });
      expect(status).toBe("rejected");
    }
    await strict.close();
  }

  it("[O2] [D2] to a repeat stands after everything before it", async () => {
    const drafts = upTo(3).map((i) => chatDraft(`${i}`, { id: `m${i}` }));
    await writeUnheard(drafts);
    const [, , last] = drafts;
    if (!last) throw new Error("There are three.");
    expect(await opened.log.append("lobby", last)).toMatchObject({ is: "repeat" });
    expect(told).toEqual([1, 2, 3]);
  });

  it("[D3] to a conflict stands after everything before it", async () => {
    await writeUnheard([chatDraft("1", { id: "m1" }), chatDraft("2", { id: "m2" })]);
    const other = chatDraft("other", { id: "m2" });
    expect(await opened.log.append("lobby", other)).toEqual({ is: "conflict" });
    expect(told).toEqual([1, 2]);
  });
});
