import { describe, expect, it } from "vitest";
import type { Outbox, OutboxRecord } from "../storage/outbox.ts";

/** The contract of every outbox. */
export function outboxContract(name: string, create: () => Promise<Outbox>): void {
  const written = (id: string, message: string): OutboxRecord => ({
    id,
    frame: { type: "chat", payload: { id, message } },
    at: 1,
  });

  describe(name, () => {
    it("[D5] returns what was put, in the order of writing", async () => {
      const outbox = await create();
      const all = [written("b", "one"), written("a", "two"), written("c", "three")];
      for (const stored of all) await outbox.put("lobby", stored);
      expect(await outbox.load("lobby")).toEqual(all);
    });

    it("[D5] keeps the place of a record that is put again", async () => {
      const outbox = await create();
      await outbox.put("lobby", written("a", "one"));
      await outbox.put("lobby", written("b", "two"));
      await outbox.put("lobby", written("a", "changed"));
      const kept = await outbox.load("lobby");
      expect(kept).toEqual([written("a", "changed"), written("b", "two")]);
    });

    it("keeps the reason of a refusal", async () => {
      const outbox = await create();
      const refusal = { code: "message_empty", message: "Empty.", temporary: false } as const;
      await outbox.put("lobby", { ...written("a", "one"), refusal });
      expect(await outbox.load("lobby")).toEqual([{ ...written("a", "one"), refusal }]);
    });

    it("drops what was removed, and ignores an unknown id", async () => {
      const outbox = await create();
      await outbox.put("lobby", written("a", "one"));
      await outbox.remove("lobby", "a");
      await outbox.remove("lobby", "a");
      await outbox.remove("nowhere", "a");
      expect(await outbox.load("lobby")).toEqual([]);
    });

    it("keeps rooms apart", async () => {
      const outbox = await create();
      await outbox.put("lobby", written("a", "one"));
      await outbox.put("attic", written("b", "two"));
      await outbox.remove("attic", "a");
      expect(await outbox.load("lobby")).toEqual([written("a", "one")]);
      expect(await outbox.load("attic")).toEqual([written("b", "two")]);
    });

    it("carries calls out in the order in which they are made", async () => {
      const outbox = await create();
      const calls = [
        outbox.put("lobby", written("a", "one")),
        outbox.put("lobby", written("b", "two")),
        outbox.remove("lobby", "a"),
      ];
      expect(await outbox.load("lobby")).toEqual([written("b", "two")]);
      await Promise.all(calls);
    });
  });
}
