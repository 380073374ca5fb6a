import { describe, expect, it } from "vitest";
import { MemoryLog } from "../backends/memory/log.ts";
import { chatDraft } from "../../test/drafts.ts";
import { readJoinSnapshot, type JoinSnapshot } from "./join-snapshot.ts";

/** A log with entries `m1` to `m<length>` in the lobby. */
async function logOf(length: number, historyLimit?: number, message = "hi") {
  const log = new MemoryLog(historyLimit);
  for (let i = 1; i <= length; i += 1) {
    await log.append("lobby", chatDraft(message, { id: `m${i}` }));
  }
  const { epoch } = await log.read("lobby", { limit: 0 });
  const open = (since?: { seq: number; id?: string; epoch?: string }) =>
    readJoinSnapshot(log, "lobby", since && { epoch, ...since });
  return { open, epoch };
}

/** The seqs that are shown, as `first-last`. */
function shown({ entries }: JoinSnapshot): string {
  const seqs = entries.map(({ payload }) => payload.seq);
  return seqs.length === 0 ? "none" : `${seqs[0]}-${seqs.at(-1)}`;
}

describe("what a join is shown, without since", () => {
  it("is nothing of a room that nobody wrote to", async () => {
    const { open, epoch } = await logOf(0);
    const opening = { epoch, head: 0, entries: [], recovered: false, missed: 0, settings: [] };
    expect(await open()).toEqual(opening);
  });

  it("is the last 50, oldest first", async () => {
    const { open } = await logOf(60);
    const opening = await open();
    expect(shown(opening)).toBe("11-60");
    expect(opening).toMatchObject({ head: 60, recovered: false, missed: 0 });
    expect(opening).not.toHaveProperty("truncatedBefore");
  });

  it("[R1] says where a trimmed log starts", async () => {
    const { open } = await logOf(60, 20);
    const opening = await open();
    expect(shown(opening)).toBe("41-60");
    expect(opening).toMatchObject({ head: 60, truncatedBefore: 41 });
  });
});

describe("what a join is shown, with since", () => {
  it("[R1] is every entry after it", async () => {
    const { open } = await logOf(60);
    const opening = await open({ seq: 3, id: "m3" });
    expect(shown(opening)).toBe("4-60");
    expect(opening).toMatchObject({ recovered: true, missed: 57, head: 60 });
  });

  it("[R1] is nothing if nothing was missed", async () => {
    const { open } = await logOf(60);
    const opening = await open({ seq: 60, id: "m60" });
    expect(opening).toMatchObject({ recovered: true, missed: 0, head: 60, entries: [] });
  });

  it("[R1] is everything if nothing was known", async () => {
    const { open } = await logOf(60);
    expect(shown(await open({ seq: 0 }))).toBe("1-60");
    const { open: openEmpty } = await logOf(0);
    expect(await openEmpty({ seq: 0 })).toMatchObject({ recovered: true, missed: 0, entries: [] });
  });

  it("[R1] is the first 200 if more are missing, and tells how many", async () => {
    const { open } = await logOf(300);
    const opening = await open({ seq: 10, id: "m10" });
    expect(shown(opening)).toBe("11-210");
    expect(opening).toMatchObject({ recovered: true, missed: 290, head: 300 });
    const fromStart = await open({ seq: 0 });
    expect(shown(fromStart)).toBe("1-200");
    expect(fromStart).toMatchObject({ missed: 300 });
  });

  it("[R1] is exactly 200 if exactly 200 are missing", async () => {
    const { open } = await logOf(300);
    expect(shown(await open({ seq: 100, id: "m100" }))).toBe("101-300");
  });

  it("[R1] is a new window if the entries after it were trimmed", async () => {
    const { open } = await logOf(60, 20);
    const opening = await open({ seq: 39, id: "m39" });
    expect(shown(opening)).toBe("41-60");
    expect(opening).toMatchObject({ recovered: false, missed: 0, truncatedBefore: 41 });
  });

  it("[R1] goes on if all after it are there, though it was trimmed itself", async () => {
    const { open } = await logOf(60, 20);
    const opening = await open({ seq: 40, id: "m40" });
    expect(shown(opening)).toBe("41-60");
    expect(opening).toMatchObject({ recovered: true, missed: 20 });
  });

  it("[R5] goes by the epoch alone if the entry that since names was trimmed", async () => {
    const { open } = await logOf(60, 20);
    for (const id of ["m40", "another", undefined]) {
      const since = { seq: 40, ...(id === undefined ? {} : { id }) };
      expect(await open(since), id).toMatchObject({ recovered: true, missed: 20 });
      expect(await open({ ...since, epoch: "another" }), id).toMatchObject({ recovered: false });
    }
    // The first that is kept is compared again.
    expect(await open({ seq: 41, id: "another" })).toMatchObject({ recovered: false });
  });

  it("[R5] is a new window for another epoch", async () => {
    const { open } = await logOf(60);
    const opening = await open({ seq: 3, id: "m3", epoch: "another" });
    expect(shown(opening)).toBe("11-60");
    expect(opening).toMatchObject({ recovered: false, missed: 0 });
  });

  it("[R5] is a new window if another id stands at that seq", async () => {
    const { open } = await logOf(60);
    expect(await open({ seq: 55, id: "m54" })).toMatchObject({ recovered: false });
    expect(await open({ seq: 60, id: "m61" })).toMatchObject({ recovered: false });
  });

  it("[O3] [R5] is a new window if since does not say which entry it ends with", async () => {
    const { open } = await logOf(60);
    const opening = await open({ seq: 55 });
    expect(shown(opening)).toBe("11-60");
    expect(opening).toMatchObject({ recovered: false, missed: 0 });
    const { open: openTrimmed } = await logOf(60, 20);
    expect(await openTrimmed({ seq: 40 })).toMatchObject({ recovered: true, missed: 20 });
  });

  it("[R5] is a new window if since is beyond the head", async () => {
    const { open } = await logOf(60);
    expect(await open({ seq: 61, id: "m61" })).toMatchObject({ recovered: false, head: 60 });
    const { open: openEmpty } = await logOf(0);
    expect(await openEmpty({ seq: 1 })).toMatchObject({ recovered: false, head: 0, entries: [] });
  });
});

describe("what a join is shown of long messages", () => {
  /** 2,000 characters that take six bytes each on the wire. */
  const LONG = "\u0001".repeat(2_000);

  it("is the last that a slow line can carry", async () => {
    const { open } = await logOf(60, undefined, LONG);
    const opening = await open();
    expect(opening.entries.length).toBeLessThan(30);
    expect(opening.entries.at(-1)?.payload.seq).toBe(60);
    expect(opening.head).toBe(60);
  });

  it("[R1] is the first after since that a slow line can carry, and head tells of the rest", async () => {
    const { open } = await logOf(60, undefined, LONG);
    const opening = await open({ seq: 3, id: "m3" });
    expect(opening.entries.length).toBeLessThan(30);
    expect(opening.entries[0]?.payload.seq).toBe(4);
    expect(opening).toMatchObject({ recovered: true, missed: 57, head: 60 });
  });
});
