import { expect, it } from "vitest";
import type { LogEntry } from "./entry-frame.ts";
import { holdsFrom, withEntry, type Settings } from "./fold.ts";

const from = { id: "a", name: "Ada" };
const envelope = (seq: number) => ({ id: `${seq}`, seq, at: 0, from });

function set(seq: number, key: string, value: unknown): LogEntry {
  return { type: "set", payload: { key, value, ...envelope(seq) } };
}

function deleted(seq: number, targetSeq: number): LogEntry {
  return { type: "deleted", payload: { target: "x", targetSeq, ...envelope(seq) } };
}

const fold = (...entries: LogEntry[]) =>
  entries.reduce<Settings>((settings, entry) => withEntry(settings, entry), new Map());
const seqs = (settings: Settings) => [...settings].map(([key, { payload }]) => [key, payload.seq]);

it("[G2] keeps the last entry of each key, and drops a key that is null", () => {
  expect(seqs(fold(set(1, "name", "A"), set(2, "topic", "T"), set(3, "name", "B")))).toEqual([
    ["topic", 2],
    ["name", 3],
  ]);
  expect(seqs(fold(set(1, "name", "A"), set(2, "name", null)))).toEqual([]);
});

it("[G2] drops a pin when its message is deleted", () => {
  const pins = [set(8, "pin:3", true), set(9, "pin:4", true)];
  expect(seqs(fold(...pins, deleted(10, 3)))).toEqual([["pin:4", 9]]);
});

it("returns the same settings when nothing changes", () => {
  const settings = fold(set(1, "name", "A"));
  expect(withEntry(settings, deleted(2, 1))).toBe(settings);
  expect(withEntry(settings, set(2, "topic", null))).toBe(settings);
});

it("[G2] drops a pin when its message is trimmed, and no other setting", () => {
  expect(holdsFrom("pin:5", 5)).toBe(true);
  expect(holdsFrom("pin:5", 6)).toBe(false);
  expect(holdsFrom("name", 1_000)).toBe(true);
});
