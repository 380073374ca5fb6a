import { describe, expect, it } from "vitest";
import type { RoomLog } from "../../src/log/log.ts";
import { chatDraft, setDraft } from "../drafts.ts";
import { added, everyKind, fill, seqOf } from "./entries.ts";
import { eachWith, type OpenLog } from "./open-log.ts";

/** A log whose entries outlive it. */
export interface DurableLog extends OpenLog {
  /** Ends it, and opens another on the same entries, as a restart does. */
  reopen(): Promise<OpenLog>;
}

export function describeRestart(openDurable: () => Promise<DurableLog>): void {
  describe("a restart", () => {
    const held = eachWith(openDurable);

    it("[R2] changes nothing that can be read", async () => {
      for (const draft of everyKind()) await added(held.opened.log, draft);
      await added(held.opened.log, setDraft("topic", "Bees"));
      const range = { limit: 10, withSettings: true } as const;
      const read = (log: RoomLog) =>
        Promise.all([log.read("lobby", range), log.read("nowhere", range)]);
      const before = await read(held.opened.log);
      const again = await held.opened.reopen();
      expect(await read(again.log)).toStrictEqual(before);
      await again.close();
    });

    it("[O1] [D2] [D3] goes on counting, and remembers every id", async () => {
      await fill(held.opened.log, 3);
      const again = await held.opened.reopen();
      expect(await again.log.append("lobby", chatDraft("2", { id: "m2" }))).toMatchObject({
        is: "repeat",
        entry: { payload: { seq: 2 } },
      });
      expect(await again.log.append("lobby", chatDraft("!", { id: "m2" }))).toEqual({
        is: "conflict",
      });
      expect(seqOf(await added(again.log, chatDraft("4")))).toBe(4);
      await again.close();
    });
  });
}
