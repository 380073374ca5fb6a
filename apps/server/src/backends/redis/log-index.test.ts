import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { ann, bob, chatDraft } from "../../../test/drafts.ts";
import { added, fill, upTo } from "../../../test/log-contract/entries.ts";
import { openTestLog, useRedis } from "../../../test/redis-log.ts";
import type { Draft } from "../../log/log.ts";
import { MemoryLog } from "../memory/log.ts";
import type { Backend } from "../backend.ts";

const INDEX = "parley:{lobby}:ids";

describe("the index of a room's log in Redis", () => {
  const redis = useRedis("--appendfsync", "no");
  let opened: Backend;
  beforeEach(async () => {
    opened = await redis.open();
  });

  /** How often Redis runs each of these commands within scripts. */
  async function commandsOf(act: () => Promise<unknown>): Promise<Record<string, number>> {
    await redis.command("CONFIG", "RESETSTAT");
    await act();
    const stats = String(await redis.command("INFO", "commandstats"));
    const counted = stats.matchAll(/^cmdstat_(h\w+|x\w+):calls=(\d+)/gm);
    return Object.fromEntries(
      Array.from(counted, ([, name = "", calls]): [string, number] => [name, Number(calls)]),
    );
  }

  const saidBy = (author: number | string) =>
    chatDraft("hi", { id: "x", from: { id: `p${author}`, name: "P" } });
  const append = (draft: Draft) => added(opened.log, draft);

  it("[D2] does and holds no more for the last of many who share an id", async () => {
    for (const author of upTo(3)) await append(saidBy(author));
    const early = await commandsOf(() => append(saidBy("early")));
    for (const author of upTo(300)) await append(saidBy(`m${author}`));
    expect(await commandsOf(() => append(saidBy("late")))).toEqual(early);
    const fields = (await redis.command("HVALS", INDEX)) as string[];
    expect(Math.max(...fields.map(({ length }) => length))).toBeLessThan(30);
  });

  it("finds an entry, or that there is none, in as many steps however long the log is", async () => {
    await fill(opened.log, 5);
    const { log } = opened;
    const targets = [
      { id: "unknown" },
      { id: "m3" },
      { id: "m3", author: bob.id },
      { id: "m3", author: ann.id, ofAnyKind: true } as const,
    ];
    const find = async () => {
      for (const target of targets) await log.find("lobby", target);
    };
    const early = await commandsOf(find);
    for (const i of upTo(500)) await append(chatDraft("more", { id: `n${i}` }));
    expect(await commandsOf(find)).toEqual(early);
  });

  it("[D2] reads and splits what an earlier release wrote, all authors in one field", async () => {
    for (const author of [1, 2, 3]) await append(saidBy(author));
    await redis.command("DEL", INDEX);
    await redis.command("HSET", INDEX, "x", "1:c:p1 2:c:p2 3:c:p3");
    const { epoch } = await opened.log.read("lobby", { limit: 0 });
    for (const author of [3, 1, 2]) {
      const repeated = await opened.log.append("lobby", saidBy(author));
      expect(repeated).toMatchObject({ is: "repeat", entry: { payload: { seq: author } } });
    }
    expect(await opened.log.find("lobby", { id: "x" })).toMatchObject({ payload: { seq: 1 } });
    expect(await redis.command("HGET", INDEX, "x")).toBe("1:c:p1");
    expect(await opened.log.read("lobby", { limit: 0 })).toMatchObject({ epoch, head: 3 });
  });

  it("[O3] [D2] forgets the ids of the former log at a reset", async () => {
    await fill(opened.log, 3);
    // The third is another one than the index says, and the index says so of two.
    const stored = JSON.stringify(chatDraft("other", { id: "other", from: bob }));
    await redis.command("DEL", "parley:{lobby}:meta");
    await redis.command("XDEL", "parley:{lobby}:log", "3-0");
    const fields = ["id", "other", "at", "1800000000000", "entry", stored];
    await redis.command("XADD", "parley:{lobby}:log", "4-0", ...fields);
    await redis.command("HSET", INDEX, "m3", "4:c:ann-1");
    expect(await opened.log.find("lobby", { id: "m2" })).toBeDefined();
    expect(await opened.log.append("lobby", chatDraft("3", { id: "m3" }))).toMatchObject({
      is: "new",
      entry: { payload: { seq: 5 } },
    });
    expect(await opened.log.find("lobby", { id: "other" })).toMatchObject({ payload: { seq: 4 } });
  });

  it("[D2] knows what the log in memory knows, with shared ids and after trimming", async () => {
    const people = ["a", "b", "c"].map((id) => ({ id, name: id }));
    const draft = fc.record({
      id: fc.constantFrom("x", "y"),
      from: fc.constantFrom(...people),
      isChat: fc.boolean(),
    });
    let rooms = 0;
    const runs = fc.asyncProperty(
      fc.array(draft, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 2, max: 6 }),
      async (drafts, keep) => {
        const roomId = `room-${(rooms += 1)}`;
        const tight = await openTestLog(redis.server.url, { entries: keep, ageMs: Infinity });
        const model = new MemoryLog(keep);
        try {
          for (const { id, from, isChat } of drafts) {
            const said = { id, from, at: 1_800_000_000_000 };
            const next: Draft = isChat
              ? { type: "chat", payload: { message: "hi", ...said } }
              : { type: "deleted", payload: { target: "t", targetSeq: 1, ...said } };
            expect(await tight.log.append(roomId, next)).toEqual(await model.append(roomId, next));
          }
          for (const id of ["x", "y", "z"]) {
            for (const by of [{}, ...people.map((person) => ({ author: person.id }))]) {
              for (const kind of [{}, { ofAnyKind: true } as const]) {
                const target = { id, ...by, ...kind };
                const found = await tight.log.find(roomId, target);
                expect(found).toEqual(await model.find(roomId, target));
              }
            }
          }
        } finally {
          await tight.close();
        }
      },
    );
    await fc.assert(runs, { numRuns: 40 });
  }, 60_000);
});
