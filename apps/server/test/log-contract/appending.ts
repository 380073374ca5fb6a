import type { EntryFrame } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import type { Draft } from "../../src/log/log.ts";
import { ann, bob, chatDraft } from "../drafts.ts";
import { added, everyKind, fill, seqOf, seqsOf, upTo } from "./entries.ts";
import { eachWith, type OpenLog } from "./open-log.ts";

export function describeAppending(open: () => Promise<OpenLog>): void {
  describe("appending", () => {
    const held = eachWith(open);

    it("[O1] numbers the entries of a room from 1, without holes", async () => {
      const { log } = held.opened;
      expect(seqsOf(await fill(log, 5))).toEqual([1, 2, 3, 4, 5]);
      expect(seqOf(await added(log, chatDraft("elsewhere"), "attic"))).toBe(1);
      expect(seqOf(await added(log, chatDraft("and on")))).toBe(6);
    });

    it("[O1] gives 1 to n to many at once, to each author in the order of their calls", async () => {
      const { log } = held.opened;
      const people = ["a", "b", "c", "d"].map((id) => ({ id, name: id }));
      const calls = upTo(200).map((i) => {
        const from = people[i % people.length] ?? ann;
        return { from, done: added(log, chatDraft(`${i}`, { from })) };
      });
      const entries = await Promise.all(calls.map(({ done }) => done));
      expect(seqsOf(entries).toSorted((a, b) => a - b)).toEqual(upTo(200));
      for (const { id } of people) {
        const own = seqsOf(entries.filter(({ payload }) => payload.from.id === id));
        expect(own).toEqual(own.toSorted((a, b) => a - b));
      }
    });

    it("[O2] keeps every kind of entry exactly as it was told", async () => {
      const { log } = held.opened;
      const told: EntryFrame[] = [];
      await log.follow("lobby", (entry) => told.push(entry));
      const returned: EntryFrame[] = [];
      for (const draft of everyKind()) returned.push(await added(log, draft));
      const { entries } = await log.read("lobby", { after: 0, limit: 100 });
      expect(entries).toStrictEqual(told);
      expect(entries).toStrictEqual(returned);
      expect(entries).toStrictEqual(
        everyKind().map(({ type, payload }, i) => ({ type, payload: { ...payload, seq: i + 1 } })),
      );
    });

    it("[D2] answers a repeat with the original, and writes nothing", async () => {
      const { log } = held.opened;
      for (const draft of everyKind()) await added(log, draft);
      const { entries } = await log.read("lobby", { limit: 100 });
      for (const [index, draft] of everyKind().entries()) {
        const { id } = draft.payload.from;
        const later = { at: 1_800_000_999_999, from: { id, name: "Anna" } };
        const again = { ...draft, payload: { ...draft.payload, ...later } } as Draft;
        expect(await log.append("lobby", again)).toEqual({ is: "repeat", entry: entries[index] });
      }
      expect((await log.read("lobby", { limit: 0 })).head).toBe(entries.length);
    });

    it("[D2] writes one of many that come at once", async () => {
      const { log } = held.opened;
      const draft = chatDraft("once");
      const results = await Promise.all(upTo(20).map(() => log.append("lobby", draft)));
      expect(results.filter(({ is }) => is === "new")).toHaveLength(1);
      for (const result of results) {
        expect(result).toMatchObject({ entry: { payload: { seq: 1, message: "once" } } });
      }
      expect((await log.read("lobby", { limit: 0 })).head).toBe(1);
    });

    it("[D2] takes the same id of another member, and in another room, for another entry", async () => {
      const { log } = held.opened;
      await added(log, chatDraft("hi", { id: "x" }));
      expect(seqOf(await added(log, chatDraft("hi", { id: "x", from: bob })))).toBe(2);
      expect(seqOf(await added(log, chatDraft("ho", { id: "x" }), "attic"))).toBe(1);
    });

    it("[D3] refuses the same id with other content, and writes nothing", async () => {
      const { log } = held.opened;
      const [said] = everyKind();
      if (said?.type !== "chat") throw new Error("The first is a chat.");
      await added(log, said);
      const { message, ...rest } = said.payload;
      const others: Draft[] = [
        { type: "chat", payload: { ...rest, message: "something else" } },
        { type: "chat", payload: { ...rest, message, replyTo: "2", replyToSeq: 2 } },
        { type: "edited", payload: { ...rest, message, target: "1", targetSeq: 1 } },
        { type: "deleted", payload: { ...rest, target: "1", targetSeq: 1 } },
      ];
      for (const draft of others) {
        expect(await log.append("lobby", draft)).toEqual({ is: "conflict" });
      }
      expect((await log.read("lobby", { limit: 10 })).entries).toHaveLength(1);
    });

    it("takes any names for names, also those that mean something to the store", async () => {
      const { log } = held.opened;
      for (const id of ["__proto__", "constructor", "a:b", "_", "%"]) {
        const room = id.replace(/[:%]/, "-");
        expect(await log.append(room, chatDraft("hi", { id }))).toMatchObject({ is: "new" });
        expect(await log.find(room, { id })).toMatchObject({ payload: { id, message: "hi" } });
        expect(await log.append(room, chatDraft("ho", { id }))).toEqual({ is: "conflict" });
      }
    });
  });
}
