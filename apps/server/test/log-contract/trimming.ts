import { until } from "@parley/testkit";
import { describe, expect, it } from "vitest";
import type { Range } from "../../src/log/log.ts";
import { ann, bob, chatDraft } from "../drafts.ts";
import { added, fill, seqOf, seqsOf, upTo } from "./entries.ts";
import { eachWith, type OpenTrimmed } from "./open-log.ts";

export function describeTrimming(openTrimmed: OpenTrimmed): void {
  describe("trimming", () => {
    // The last ten of 25 are kept.
    const held = eachWith(async () => {
      const opened = await openTrimmed(10, (log) => fill(log, 25));
      const { log } = opened;
      await until(async () =>
        expect(await log.read("lobby", { limit: 0 })).toMatchObject({ first: 16 }),
      );
      return opened;
    });

    it("[R1] keeps the last entries, and says which is the first", async () => {
      const page = await held.opened.log.read("lobby", { limit: 100 });
      expect(page).toMatchObject({ head: 25, first: 16 });
      expect(seqsOf(page.entries)).toEqual(upTo(25).slice(15));
    });

    it("reads what is left of any range", async () => {
      const ranges: [Range, number[]][] = [
        [{ after: 0, limit: 2 }, [16, 17]],
        [{ after: 15, limit: 2 }, [16, 17]],
        [{ after: 16, limit: 2 }, [17, 18]],
        [{ before: 18, limit: 5 }, [16, 17]],
        [{ before: 16, limit: 5 }, []],
        [{ before: 3, limit: 5 }, []],
      ];
      for (const [range, expected] of ranges) {
        const { entries } = await held.opened.log.read("lobby", range);
        expect(seqsOf(entries), JSON.stringify(range)).toEqual(expected);
      }
    });

    it("[O1] goes on counting", async () => {
      expect(seqOf(await added(held.opened.log, chatDraft("next")))).toBe(26);
    });

    it("[D2] knows the ids of what is left, and finds nothing else", async () => {
      const { log } = held.opened;
      expect(await log.append("lobby", chatDraft("20", { id: "m20" }))).toMatchObject({
        is: "repeat",
        entry: { payload: { seq: 20 } },
      });
      expect(await log.find("lobby", { id: "m20" })).toMatchObject({ payload: { seq: 20 } });
      expect(await log.find("lobby", { id: "m3" })).toBeUndefined();
    });

    it("[D2] takes an id whose entry is gone for a new one", async () => {
      const again = await held.opened.log.append("lobby", chatDraft("3", { id: "m3" }));
      expect(again).toMatchObject({ is: "new", entry: { payload: { seq: 26 } } });
    });
  });

  describe("trimming the first of several with an id", () => {
    const held = eachWith(async () => {
      const opened = await openTrimmed(2, async (log) => {
        for (const from of [bob, ann]) await added(log, chatDraft("x", { id: "x", from }));
        await added(log, chatDraft("y"));
      });
      await until(async () =>
        expect(await opened.log.read("lobby", { limit: 0 })).toMatchObject({ first: 2 }),
      );
      return opened;
    });

    it("leaves the next of them to be found, as the first, and of its author", async () => {
      const { log } = held.opened;
      for (const target of [{ id: "x" }, { id: "x", author: ann.id }]) {
        expect(await log.find("lobby", target)).toMatchObject({ payload: { seq: 2 } });
      }
      expect(await log.find("lobby", { id: "x", author: bob.id })).toBeUndefined();
    });
  });
}
