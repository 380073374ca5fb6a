import { expect, it } from "vitest";
import { lastLineIn } from "./last-lines.ts";

const said = (seq: number, by: string, message: string) => ({
  type: "chat",
  payload: { id: `m${seq}`, seq, at: seq, from: { id: by, name: by }, message },
});
const revised = (seq: number, type: string, targetSeq: number, more: object = {}) => ({
  type,
  payload: {
    id: `r${seq}`,
    seq,
    at: seq,
    from: { id: "ben", name: "ben" },
    target: `m${targetSeq}`,
    targetSeq,
    ...more,
  },
});

it("shows the last message after its edits, and whose it is", () => {
  const entries = [said(1, "ben", "hi"), said(2, "ben", "ther"), said(3, "ada", "I *know*")];
  expect(lastLineIn({ entries }, "ben")).toBe("You: I know");
  const edited = revised(3, "edited", 2, { message: "there" });
  expect(lastLineIn({ entries: [...entries.slice(0, 2), edited] }, "ben")).toBe("ben: there");
});

it("shows no deleted message", () => {
  const entries = [said(1, "ben", "hi"), said(2, "ben", "oops"), revised(3, "deleted", 2)];
  expect(lastLineIn({ entries }, "ben")).toBe("ben: hi");
});

it("shows nothing where the server refuses or nothing is left", () => {
  expect(lastLineIn({ error: { code: "internal" } }, "ben")).toBeUndefined();
  expect(lastLineIn(undefined, "ben")).toBeUndefined();
  expect(lastLineIn({ entries: [revised(3, "deleted", 2)] }, "ben")).toBeUndefined();
});
