import { encode } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { chatDraft } from "../../test/drafts.ts";
import { BACKLOG_BYTES_MAX } from "../limits/limits.ts";
import { numbered } from "../log/log.ts";
import { firstThatFit, lastThatFit } from "./page-size.ts";

/** As large as a message can get on the wire: each of its characters is written as six. */
const LONGEST = "\u0001".repeat(4_000);

const entries = (count: number, message: string) =>
  Array.from({ length: count }, (_, i) => numbered(chatDraft(message), i + 1));
const seqs = (page: ReturnType<typeof entries>) => page.map(({ payload }) => payload.seq);

describe("a page", () => {
  it("is whole if it fits", () => {
    const page = entries(200, "hi there");
    expect(firstThatFit(page)).toEqual(page);
    expect(lastThatFit(page)).toEqual(page);
    expect(firstThatFit([])).toEqual([]);
    expect(lastThatFit([])).toEqual([]);
  });

  it("is cut at its far end if it would be too large for a slow line", () => {
    const page = entries(200, LONGEST);
    const first = firstThatFit(page);
    const last = lastThatFit(page);
    expect(seqs([...first])).toEqual(seqs(page.slice(0, first.length)));
    expect(seqs([...last])).toEqual(seqs(page.slice(-last.length)));
    for (const part of [first, last]) {
      const bytes = part.reduce((sum, entry) => sum + encode(entry).length, 0);
      expect(bytes).toBeLessThanOrEqual(BACKLOG_BYTES_MAX);
      expect(bytes).toBeGreaterThan(BACKLOG_BYTES_MAX * 0.9);
    }
  });

  it("counts bytes, not characters", () => {
    const wide = firstThatFit(entries(200, "€".repeat(2_000)));
    const narrow = firstThatFit(entries(200, "e".repeat(2_000)));
    expect(wide.length).toBeLessThan(narrow.length / 2);
  });

  it("holds one entry at least, so that a reader always gets on", () => {
    const huge = entries(2, "x".repeat(BACKLOG_BYTES_MAX * 2));
    expect(seqs([...firstThatFit(huge)])).toEqual([1]);
    expect(seqs([...lastThatFit(huge)])).toEqual([2]);
  });
});
