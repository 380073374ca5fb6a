import { describe, expect, it } from "vitest";
import {
  ALL,
  annaSees,
  benSees,
  chat,
  kinds,
  logOf,
  ONE,
  said,
  shown,
  THREE,
  TWO,
  window,
  writing,
} from "./example.ts";
import type { Observation } from "./observation.ts";

describe("rule B: nothing is shown twice", () => {
  it("finds a seq that a client was shown twice", () => {
    expect(kinds([...writing, ...annaSees, shown("Anna", THREE), ...benSees])).toEqual(["doubled"]);
  });

  it("finds an id that was shown again under another seq", () => {
    const again = chat(4, "a1");
    const log = logOf([...ALL, again]);
    const observations = [...annaSees, shown("Anna", again), ...benSees, shown("Ben", again)];
    // Both clients see it twice, and so does a reader of the log.
    expect(kinds(observations, log)).toEqual(["doubled", "doubled", "doubled"]);
  });

  it("finds an id that the log has twice", () => {
    expect(kinds([], logOf([ONE, chat(2, "a1")]))).toEqual(["doubled"]);
  });

  it("treats the same id of two members as two messages", () => {
    expect(kinds([], logOf([ONE, chat(2, "a1", "ben")]))).toEqual([]);
  });
});

describe("rule C: one log, without gaps", () => {
  it("finds different content at the same place", () => {
    const other = chat(2, "b1", "ben", "something else");
    const benSeesOther = [window("Ben", "first", []), shown("Ben", ONE, other, THREE)];
    expect(kinds([...writing, ...annaSees, ...benSeesOther])).toEqual(["differs"]);
  });

  it("finds an acknowledgement with different content than the log's", () => {
    const other = said("Ben", chat(2, "b1", "ben", "something else"));
    expect(kinds([...other, ...annaSees, ...benSees])).toEqual(["differs"]);
  });

  it("finds an entry that was shown and is not in the log", () => {
    const ghost = chat(4, "x", "ben");
    expect(kinds([...annaSees, shown("Anna", ghost), ...benSees])).toEqual(["differs"]);
  });

  it("finds a gap in what was shown", () => {
    const benSkips = [window("Ben", "first", []), shown("Ben", ONE, THREE)];
    expect(kinds([...annaSees, ...benSkips])).toEqual(["hole"]);
  });

  it("finds an entry that was shown too late", () => {
    const benTurns = [window("Ben", "first", []), shown("Ben", TWO, ONE, THREE)];
    expect(kinds([...annaSees, ...benTurns])).toEqual(["hole", "out-of-order"]);
  });

  it("finds a gap in the log", () => {
    expect(kinds([], logOf([ONE, THREE]))).toEqual(["hole"]);
    expect(kinds([], { ...logOf(ALL), head: 5 })).toEqual(["hole"]);
    expect(kinds([], logOf([ONE, TWO, chat(2, "a9")]))).toEqual(["doubled"]);
  });

  it("finds a reset without another log, and entries of another log without a reset", () => {
    expect(kinds([...annaSees, window("Anna", "reset", ALL)])).toEqual(["hole"]);
    const other: Observation = { client: "Anna", is: "shown", epoch: "epoch-2", entries: [] };
    expect(kinds([...annaSees, other])).toEqual(["hole"]);
    expect(kinds([...annaSees, window("Anna", "first", ALL)])).toEqual(["hole"]);
  });

  it("accepts a reset to another log as an explanation", () => {
    const before: Observation = { ...window("Anna", "first", [ONE]), client: "Anna" };
    const old = { ...before, epoch: "epoch-0" } as Observation;
    expect(kinds([old, window("Anna", "reset", ALL)])).toEqual([]);
  });
});

describe("rule C: a reported truncation", () => {
  const kept = [chat(7, "a7"), chat(8, "a8")];
  const log = logOf(kept, 7);
  const before = window("Anna", "first", [ONE, TWO]);

  it("explains a gap", () => {
    expect(kinds([before, window("Anna", "truncated", kept, { truncatedBefore: 7 })], log)).toEqual(
      [],
    );
  });

  it("may leave older kept entries to history", () => {
    const late = window("Anna", "truncated", kept.slice(1), { truncatedBefore: 7 });
    expect(kinds([before, late], log)).toEqual([]);
  });

  it("explains nothing if it is empty, or concerns entries that were shown", () => {
    expect(kinds([before, window("Anna", "truncated", kept)], log)).toEqual(["hole"]);
    const close = window("Anna", "truncated", kept, { truncatedBefore: 3 });
    expect(kinds([before, close], log)).toEqual(["hole"]);
  });

  it("explains nothing if the log still has the entries", () => {
    const wrong = window("Anna", "truncated", kept.slice(1), { truncatedBefore: 8 });
    expect(kinds([before, wrong], log)).toEqual(["hole"]);
  });

  it("explains nothing in another log", () => {
    const other = { truncatedBefore: 7, epoch: "epoch-2" };
    expect(kinds([before, window("Anna", "truncated", [], other)], log)).toContain("hole");
  });
});
