import { describe, expect, it, vi } from "vitest";
import { chatDraft } from "../drafts.ts";
import { added, fill, upTo } from "./entries.ts";
import { eachWith, type OpenLog } from "./open-log.ts";

export function describeFollowing(open: () => Promise<OpenLog>): void {
  describe("following", () => {
    const held = eachWith(open);

    it("[O2] tells every follower of every entry from now on, in order, each once", async () => {
      const { log } = held.opened;
      await fill(log, 2);
      const [one, other]: [number[], number[]] = [[], []];
      await log.follow("lobby", ({ payload }) => one.push(payload.seq));
      await log.follow("lobby", ({ payload }) => other.push(payload.seq));
      await Promise.all(upTo(50).map((i) => log.append("lobby", chatDraft(`${i}`))));
      expect(one).toEqual(upTo(52).slice(2));
      expect(other).toEqual(one);
    });

    it("[D1] tells only of what is durable, and before the append is over", async () => {
      const { log } = held.opened;
      const readWhenTold: Promise<number>[] = [];
      let told = 0;
      await log.follow("lobby", () => {
        told += 1;
        readWhenTold.push(log.read("lobby", { limit: 0 }).then(({ head }) => head));
      });
      for (const seq of [1, 2, 3]) {
        await added(log, chatDraft("hi"));
        expect(told).toBe(seq);
      }
      for (const [index, head] of (await Promise.all(readWhenTold)).entries()) {
        expect(head).toBeGreaterThan(index);
      }
    });

    it("[D2] tells nobody of a repeat or a conflict", async () => {
      const { log } = held.opened;
      await added(log, chatDraft("hi", { id: "x" }));
      const told = vi.fn<() => void>();
      await log.follow("lobby", told);
      await log.append("lobby", chatDraft("hi", { id: "x" }));
      await log.append("lobby", chatDraft("ho", { id: "x" }));
      expect(told).not.toHaveBeenCalled();
    });

    it("tells nobody of what is said in another room", async () => {
      const { log } = held.opened;
      const told = vi.fn<() => void>();
      await log.follow("attic", told);
      await fill(log, 3);
      expect(told).not.toHaveBeenCalled();
    });

    it("stops where it is told to, and goes on for all others", async () => {
      const { log } = held.opened;
      const [stopping, staying]: [number[], number[]] = [[], []];
      const stop = await log.follow("lobby", ({ payload }) => stopping.push(payload.seq));
      await log.follow("lobby", ({ payload }) => staying.push(payload.seq));
      await added(log, chatDraft("one"));
      stop();
      stop();
      await added(log, chatDraft("two"));
      expect(stopping).toEqual([1]);
      expect(staying).toEqual([1, 2]);
      await log.follow("lobby", ({ payload }) => stopping.push(payload.seq));
      await added(log, chatDraft("three"));
      expect(stopping).toEqual([1, 3]);
    });

    it("lets a follower stop while it is told, and loses nothing for the others", async () => {
      const { log } = held.opened;
      const told: string[] = [];
      const stop = await log.follow("lobby", () => {
        told.push("once");
        stop();
      });
      await log.follow("lobby", ({ payload }) => told.push(`${payload.seq}`));
      await added(log, chatDraft("one"));
      await added(log, chatDraft("two"));
      expect(told).toEqual(["once", "1", "2"]);
    });
  });
}
