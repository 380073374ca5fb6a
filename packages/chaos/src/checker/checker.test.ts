import type { EntryFrame } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { check } from "./checker.ts";
import { bodyOfEntry } from "./content.ts";
import type { FinalLog, Observation, Window } from "./observation.ts";

const EPOCH = "epoch-1";

function chat(seq: number, id: string, author = "anna", message = `said ${id}`): EntryFrame {
  const from = { id: author, name: author };
  return { type: "chat", payload: { id, seq, at: 1_000 + seq, from, message } };
}

const [ONE, TWO, THREE] = [chat(1, "a1"), chat(2, "b1", "ben"), chat(3, "a2")];
const ALL = [ONE, TWO, THREE];

function logOf(entries: readonly EntryFrame[], first = 1): FinalLog {
  return { epoch: EPOCH, head: entries.at(-1)?.payload.seq ?? first - 1, first, entries };
}

function window(
  client: string,
  why: Window["why"],
  entries: readonly EntryFrame[],
  more: { epoch?: string; truncatedBefore?: number } = {},
): Observation {
  return { client, is: "window", why, epoch: EPOCH, entries, ...more };
}

function shown(client: string, ...entries: readonly EntryFrame[]): Observation {
  return { client, is: "shown", epoch: EPOCH, entries };
}

/** A client writes what becomes this entry, and hears of it. */
function said(client: string, entry: EntryFrame): Observation[] {
  const { id } = entry.payload;
  return [
    { client, is: "met", person: entry.payload.from.id },
    { client, is: "wrote", id, body: bodyOfEntry(entry) },
    { client, is: "acknowledged", epoch: EPOCH, entry },
  ];
}

/** Anna and Ben, each in an empty room, write three messages and see them all. */
const writing = [...said("Anna", ONE), ...said("Ben", TWO), ...said("Anna", THREE)];
const annaSees = [window("Anna", "first", []), shown("Anna", ...ALL)];
const benSees = [window("Ben", "first", []), shown("Ben", ...ALL)];

function kinds(observations: readonly Observation[], log = logOf(ALL)): string[] {
  return check(observations, log).violations.map(({ kind }) => kind);
}

describe("a run in which all is well", () => {
  it("has no violations, and figures", () => {
    const refused: Observation = { client: "Ben", is: "refused", id: "b1", body: "", final: false };
    expect(check([...writing, ...annaSees, refused, ...benSees], logOf(ALL))).toEqual({
      figures: { rounds: 1, sent: 3, acknowledged: 3, refused: 1 },
      violations: [],
    });
  });

  it("may show a latecomer the end of the log only", () => {
    expect(kinds([...writing, ...annaSees, window("Ben", "first", [THREE])])).toEqual([]);
  });

  it("owes nothing to whoever left", () => {
    const left: Observation = { client: "Ben", is: "left" };
    expect(kinds([...writing, ...annaSees, window("Ben", "first", []), left])).toEqual([]);
  });

  it("may acknowledge an id twice, with the same entry", () => {
    expect(kinds([...writing, ...said("Anna", ONE), ...annaSees, ...benSees])).toEqual([]);
  });
});

describe("rule A: nothing acknowledged is lost", () => {
  it("finds an acknowledged message that is not in the final log", () => {
    const seen = [window("Anna", "first", []), shown("Anna", ONE, TWO)];
    expect(kinds([...writing, ...seen, window("Ben", "first", [TWO])], logOf([ONE, TWO]))).toEqual([
      "lost",
      "differs",
    ]);
  });

  it("finds one that another epoch had", () => {
    const observations = [...writing, ...annaSees, ...benSees];
    const violations = kinds(observations, {
      ...logOf(ALL),
      epoch: "epoch-2",
      entries: [],
      head: 0,
    });
    expect(violations).toEqual(["lost", "lost", "lost"]);
  });

  it("does not call lost what was trimmed", () => {
    expect(kinds([...writing, ...annaSees, ...benSees], logOf([THREE], 3))).toEqual([]);
  });

  it("finds an acknowledged message that somebody who stayed was not shown", () => {
    const benMisses = [window("Ben", "first", []), shown("Ben", ONE, TWO)];
    expect(kinds([...writing, ...annaSees, ...benMisses])).toEqual(["unseen"]);
  });

  it("finds a client that never came in", () => {
    expect(kinds([...writing, ...annaSees])).toEqual(["unseen"]);
  });

  it("finds that the end of the log was not shown, though nobody had it acknowledged", () => {
    const writes = [...said("Anna", ONE), ...said("Ben", TWO)];
    const annaMisses = [window("Anna", "first", []), shown("Anna", ONE, TWO)];
    expect(kinds([...writes, ...annaMisses, ...benSees])).toEqual(["hole"]);
  });
});

describe("rule B: nothing is shown twice", () => {
  it("finds a seq that a client was shown twice", () => {
    expect(kinds([...writing, ...annaSees, shown("Anna", THREE), ...benSees])).toEqual(["doubled"]);
  });

  it("finds an id that was shown again under another seq", () => {
    const again = chat(4, "a1");
    const log = logOf([...ALL, again]);
    const observations = [...annaSees, shown("Anna", again), ...benSees, shown("Ben", again)];
    // Each of both sees it twice, and so does whoever reads the log.
    expect(kinds(observations, log)).toEqual(["doubled", "doubled", "doubled"]);
  });

  it("finds an id that the log has twice", () => {
    expect(kinds([], logOf([ONE, chat(2, "a1")]))).toEqual(["doubled"]);
  });

  it("takes the same id of two people for two messages", () => {
    expect(kinds([], logOf([ONE, chat(2, "a1", "ben")]))).toEqual([]);
  });
});

describe("rule C: one log, without holes", () => {
  it("finds another content at the same place", () => {
    const other = chat(2, "b1", "ben", "something else");
    const benSeesOther = [window("Ben", "first", []), shown("Ben", ONE, other, THREE)];
    expect(kinds([...writing, ...annaSees, ...benSeesOther])).toEqual(["differs"]);
  });

  it("finds an acknowledgement with another content than the log's", () => {
    const other = said("Ben", chat(2, "b1", "ben", "something else"));
    expect(kinds([...other, ...annaSees, ...benSees])).toEqual(["differs"]);
  });

  it("finds an entry that was shown and is not in the log", () => {
    const ghost = chat(4, "x", "ben");
    expect(kinds([...annaSees, shown("Anna", ghost), ...benSees])).toEqual(["differs"]);
  });

  it("finds a hole in what was shown", () => {
    const benSkips = [window("Ben", "first", []), shown("Ben", ONE, THREE)];
    expect(kinds([...annaSees, ...benSkips])).toEqual(["hole"]);
  });

  it("finds an entry that was shown too late", () => {
    const benTurns = [window("Ben", "first", []), shown("Ben", TWO, ONE, THREE)];
    expect(kinds([...annaSees, ...benTurns])).toEqual(["hole", "out-of-order"]);
  });

  it("finds a hole in the log", () => {
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

  it("takes a reset to another log for an explanation", () => {
    const before: Observation = { ...window("Anna", "first", [ONE]), client: "Anna" };
    const old = { ...before, epoch: "epoch-0" } as Observation;
    expect(kinds([old, window("Anna", "reset", ALL)])).toEqual([]);
  });
});

describe("rule C: a truncation that is told", () => {
  const kept = [chat(7, "a7"), chat(8, "a8")];
  const log = logOf(kept, 7);
  const before = window("Anna", "first", [ONE, TWO]);

  it("explains a hole", () => {
    expect(kinds([before, window("Anna", "truncated", kept, { truncatedBefore: 7 })], log)).toEqual(
      [],
    );
  });

  it("may leave older entries that are kept to history", () => {
    const late = window("Anna", "truncated", kept.slice(1), { truncatedBefore: 7 });
    expect(kinds([before, late], log)).toEqual([]);
  });

  it("does not where it says nothing, or says it of what was there already", () => {
    expect(kinds([before, window("Anna", "truncated", kept)], log)).toEqual(["hole"]);
    const close = window("Anna", "truncated", kept, { truncatedBefore: 3 });
    expect(kinds([before, close], log)).toEqual(["hole"]);
  });

  it("does not where the log has what is said to be gone", () => {
    const wrong = window("Anna", "truncated", kept.slice(1), { truncatedBefore: 8 });
    expect(kinds([before, wrong], log)).toEqual(["hole"]);
  });

  it("does not of another log", () => {
    const other = { truncatedBefore: 7, epoch: "epoch-2" };
    expect(kinds([before, window("Anna", "truncated", [], other)], log)).toContain("hole");
  });
});

describe("rule D: nothing refused is shown", () => {
  const refusal = (body: string, final: boolean): Observation => {
    return { client: "Anna", is: "refused", id: "a1", body, final };
  };

  it("finds what was refused for good and shown", () => {
    const refused = refusal(bodyOfEntry(ONE), true);
    expect(kinds([...writing, refused, ...annaSees, ...benSees])).toEqual(["refused-shown"]);
  });

  it("lets pass what was refused for a while, or another text under the same id", () => {
    const temporary = refusal(bodyOfEntry(ONE), false);
    const conflict = refusal(bodyOfEntry(chat(1, "a1", "anna", "other")), true);
    expect(kinds([...writing, temporary, conflict, ...annaSees, ...benSees])).toEqual([]);
  });
});

describe("beside the four rules", () => {
  it("finds messages that stand in another order than they were written", () => {
    const turned = [...said("Anna", THREE), ...said("Anna", ONE)];
    expect(kinds([...turned, ...annaSees, ...benSees])).toEqual(["out-of-order"]);
  });

  it("finds what has no answer in the end, but not of whoever left", () => {
    const wrote: Observation = { client: "Anna", is: "wrote", id: "a9", body: "" };
    expect(kinds([...annaSees, wrote])).toEqual(["unsettled"]);
    expect(kinds([...annaSees, wrote, { client: "Anna", is: "left" }])).toEqual([]);
    const refused: Observation = { client: "Anna", is: "refused", id: "a9", body: "", final: true };
    expect(kinds([...annaSees, wrote, refused])).toEqual([]);
    expect(kinds([...annaSees, wrote, { ...refused, final: false }])).toEqual(["unsettled"]);
  });
});
