import { describe, expect, it } from "vitest";
import type { Range } from "../../src/log/log.ts";
import { ann, bob, chatDraft } from "../drafts.ts";
import { added, everyKind, fill, seqsOf, upTo } from "./entries.ts";
import { eachWith, type OpenLog } from "./open-log.ts";

export function describeReading(open: () => Promise<OpenLog>): void {
  describe("reading", () => {
    const held = eachWith(open);

    it("gives any range, oldest first", async () => {
      const { log } = held.opened;
      await fill(log, 10);
      const ranges: [Range, number[]][] = [
        [{ limit: 3 }, [8, 9, 10]],
        [{ limit: 100 }, upTo(10)],
        [{ limit: 0 }, []],
        [{ after: 0, limit: 3 }, [1, 2, 3]],
        [{ after: 4, limit: 3 }, [5, 6, 7]],
        [{ after: 8, limit: 3 }, [9, 10]],
        [{ after: 10, limit: 3 }, []],
        [{ after: 99, limit: 3 }, []],
        [{ before: 4, limit: 2 }, [2, 3]],
        [{ before: 3, limit: 5 }, [1, 2]],
        [{ before: 1, limit: 5 }, []],
        [{ before: 0, limit: 5 }, []],
        [{ before: 11, limit: 2 }, [9, 10]],
        [{ before: 99, limit: 2 }, [9, 10]],
      ];
      for (const [range, expected] of ranges) {
        const page = await log.read("lobby", range);
        expect(seqsOf(page.entries), JSON.stringify(range)).toEqual(expected);
        expect(page).toMatchObject({ head: 10, first: 1 });
      }
    });

    it("gives all that is enough, from where the range starts, and one entry at least", async () => {
      const { log } = held.opened;
      const draft = () => chatDraft("x".repeat(100));
      for (let i = 0; i < 10; i += 1) await added(log, draft());
      const onward = await log.read("lobby", { after: 2, limit: 8, enough: 250 });
      expect(seqsOf(onward.entries).slice(0, 3)).toEqual([3, 4, 5]);
      const back = await log.read("lobby", { before: 9, limit: 8, enough: 250 });
      expect(seqsOf(back.entries).slice(-3)).toEqual([6, 7, 8]);
      for (const page of [onward, back]) expect(page).toMatchObject({ head: 10, first: 1 });
      const least = await log.read("lobby", { after: 2, limit: 8, enough: 0 });
      expect(seqsOf(least.entries)[0]).toBe(3);
    });

    it("gives nothing of a room that nobody wrote to", async () => {
      const ranges: Range[] = [
        { limit: 5 },
        { after: 0, limit: 5 },
        { after: 7, limit: 5 },
        { before: 7, limit: 5 },
      ];
      for (const range of ranges) {
        const page = await held.opened.log.read("nowhere", range);
        expect(page, JSON.stringify(range)).toMatchObject({ head: 0, first: 1, entries: [] });
      }
    });

    it("[O3] has one epoch, before and after the first entry", async () => {
      const { log } = held.opened;
      const { epoch } = await log.read("lobby", { limit: 1 });
      expect(epoch).not.toBe("");
      await fill(log, 2);
      expect((await log.read("lobby", { limit: 1 })).epoch).toBe(epoch);
      expect((await log.read("lobby", { after: 1, limit: 1 })).epoch).toBe(epoch);
    });

    it("[O3] has another epoch than another log", async () => {
      const { log } = held.opened;
      const other = await open();
      const { epoch } = await log.read("lobby", { limit: 0 });
      expect((await other.log.read("lobby", { limit: 0 })).epoch).not.toBe(epoch);
      await other.close();
    });

    it("finds a chat by its id, and of several the first, unless an author is named", async () => {
      const { log } = held.opened;
      const of = (from: typeof ann, message: string) =>
        added(log, chatDraft(message, { id: "x", from }));
      const [bobs, anns] = [await of(bob, "Bob's"), await of(ann, "Ann's")];
      expect(await log.find("lobby", { id: "x" })).toEqual(bobs);
      expect(await log.find("lobby", { id: "x", author: ann.id })).toEqual(anns);
      expect(await log.find("lobby", { id: "x", author: bob.id })).toEqual(bobs);
    });

    it("finds nothing but chats, and those in their room", async () => {
      const { log } = held.opened;
      for (const draft of everyKind()) await added(log, draft);
      expect(await log.find("lobby", { id: "2" })).toMatchObject({ payload: { replyTo: "1" } });
      for (const id of ["3", "4", "5", "no"])
        expect(await log.find("lobby", { id })).toBeUndefined();
      expect(await log.find("lobby", { id: "1", author: "bob-1" })).toBeUndefined();
      expect(await log.find("attic", { id: "1" })).toBeUndefined();
    });

    it("finds an entry of any kind if that is asked for", async () => {
      const { log } = held.opened;
      const entries = [];
      for (const draft of everyKind()) entries.push(await added(log, draft));
      for (const entry of entries) {
        const { id } = entry.payload;
        expect(await log.find("lobby", { id, ofAnyKind: true })).toEqual(entry);
        expect(await log.find("lobby", { id, ofAnyKind: true, author: "bob-1" })).toBeUndefined();
      }
    });
  });
}
