import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chat, chats } from "../../testing/entries.ts";
import {
  cursorAt,
  afterDrop,
  hasHole,
  HELD_ENTRIES_MAX,
  precededBy,
  reachesTo,
  RECENT_ENTRIES_MAX,
  sinceOf,
  take,
  type LogCursor,
} from "./log-cursor.ts";

const atFive = cursorAt({ epoch: "epoch-1", head: 5, entries: chats(1, 5) });

/** Takes entries; returns the cursor and the seqs that can be shown. Fails on a reset. */
function applied(cursor: LogCursor, entries: ReturnType<typeof chats>) {
  const taken = take(cursor, entries);
  if (taken.is !== "applied") throw new Error("A reset was not expected.");
  return { cursor: taken.cursor, shown: taken.fresh.map(({ payload }) => payload.seq) };
}

describe("the log cursor", () => {
  it("[R1] says where our copy ends, with the id of the last entry", () => {
    expect(sinceOf(atFive)).toEqual({ epoch: "epoch-1", seq: 5, id: "entry-5" });
    const empty = cursorAt({ epoch: "epoch-1", head: 0, entries: [] });
    expect(sinceOf(empty)).toEqual({ epoch: "epoch-1", seq: 0 });
  });

  it("[R4] shows the next entry", () => {
    expect(applied(atFive, [chat(6)]).shown).toEqual([6]);
  });

  it("[R4] ignores a smaller seq", () => {
    const { cursor, shown } = applied(atFive, [chat(4), chat(5)]);
    expect(shown).toEqual([]);
    expect(cursor.seq).toBe(5);
  });

  it("[R4] holds what lies behind a hole, and shows it once the hole is filled", () => {
    const behind = applied(atFive, [chat(8), chat(9)]);
    expect(behind.shown).toEqual([]);
    expect(hasHole(behind.cursor)).toBe(true);
    const filled = applied(behind.cursor, chats(6, 7));
    expect(filled.shown).toEqual([6, 7, 8, 9]);
    expect(hasHole(filled.cursor)).toBe(false);
  });

  it("[R4] detects a second hole behind the first", () => {
    const behind = applied(applied(atFive, [chat(7)]).cursor, [chat(10)]);
    const filled = applied(behind.cursor, chats(6, 9));
    expect(filled.shown).toEqual([6, 7, 8, 9, 10]);
  });

  it("[R4] holds each entry once, even if it arrives often", () => {
    for (const again of [8, 9]) {
      const behind = applied(atFive, [chat(8), chat(9), chat(again)]);
      expect(applied(behind.cursor, chats(6, 7)).shown).toEqual([6, 7, 8, 9]);
    }
  });

  it("[R4] has a hole if a window ends before its log does", () => {
    const cursor = cursorAt({ epoch: "epoch-1", head: 9, entries: chats(1, 5) });
    expect(hasHole(cursor)).toBe(true);
    expect(hasHole(atFive)).toBe(false);
  });

  it("[R4] never lowers the known head", () => {
    const { cursor } = applied(atFive, [chat(9)]);
    expect(reachesTo(cursor, 7).known).toBe(9);
    expect(reachesTo(cursor, 12).known).toBe(12);
  });

  it("[R4] holds no more than its limit, and still knows the head", () => {
    const far = chats(7, 7 + HELD_ENTRIES_MAX + 10);
    const { cursor } = applied(atFive, far);
    expect(cursor.held.length).toBeLessThanOrEqual(HELD_ENTRIES_MAX);
    expect(cursor.known).toBe(7 + HELD_ENTRIES_MAX + 10);
    expect(hasHole(applied(cursor, chats(6, 200)).cursor)).toBe(true);
  });

  it("[R5] treats another id at a shown seq as a reset", () => {
    expect(take(atFive, [chat(3, { id: "another" })])).toEqual({ is: "reset" });
    expect(take(atFive, [chat(6), chat(6, { id: "another" })])).toEqual({ is: "reset" });
  });

  it("[R5] detects another id also right after the next entry", () => {
    for (const seq of [3, 5]) {
      expect(take(atFive, [chat(6), chat(seq, { id: "another" })])).toEqual({ is: "reset" });
    }
  });

  it("[R5] does not judge entries that it no longer remembers", () => {
    const cursor = cursorAt({ epoch: "epoch-1", head: 5, entries: chats(3, 5) });
    expect(applied(cursor, [chat(2, { id: "another" }), chat(6)]).shown).toEqual([6]);
  });

  it("[R5] detects another id behind a hole when the hole is filled", () => {
    const behind = applied(atFive, [chat(7, { id: "another" })]);
    expect(take(behind.cursor, chats(6, 8))).toEqual({ is: "reset" });
  });

  it("keeps only the last entries", () => {
    const { cursor } = applied(atFive, chats(6, 6 + RECENT_ENTRIES_MAX));
    expect(cursor.recent.length).toBe(RECENT_ENTRIES_MAX);
    expect(cursor.recent.at(-1)).toEqual(chat(6 + RECENT_ENTRIES_MAX));
  });

  it("keeps only the last entries of a window", () => {
    const head = RECENT_ENTRIES_MAX + 10;
    const { recent, seq } = cursorAt({ epoch: "epoch-1", head, entries: chats(1, head) });
    expect([recent, seq]).toEqual([chats(11, head), head]);
  });

  it("keeps what comes right before the first kept entry, if there is space", () => {
    const cursor = cursorAt({ epoch: "epoch-1", head: 650, entries: chats(601, 650) });
    const full = precededBy(cursor, chats(1, 600));
    expect(full.recent).toEqual(chats(651 - RECENT_ENTRIES_MAX, 650));
    const first = full.recent[0]?.payload.seq ?? 0;
    expect(precededBy(full, chats(first - 10, first - 1))).toBe(full);
    for (const apart of [chats(501, 599), chats(501, 601), []]) {
      expect(precededBy(cursor, apart)).toBe(cursor);
    }
    const empty = cursorAt({ epoch: "epoch-1", head: 0, entries: [] });
    expect(precededBy(empty, [])).toBe(empty);
  });

  it("trusts only what was shown after a drop", () => {
    const cut = afterDrop(applied(atFive, [chat(9)]).cursor);
    expect(cut.held).toEqual([]);
    expect(hasHole(cut)).toBe(false);
  });

  it("[R4] shows every entry once and in order, in any order of arrival", () => {
    const pieces = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.nat(8)));
    fc.assert(
      fc.property(pieces, (pieces) => {
        let cursor = cursorAt({ epoch: "epoch-1", head: 0, entries: [] });
        const shown: number[] = [];
        for (const [from, more] of [...pieces, [1, 60] as const]) {
          const next = applied(cursor, chats(from, from + more));
          cursor = next.cursor;
          shown.push(...next.shown);
        }
        expect(shown).toEqual(shown.map((_, index) => index + 1));
        expect(cursor.seq).toBe(61);
      }),
    );
  });
});
