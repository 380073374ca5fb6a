import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chatDraft } from "../../../test/drafts.ts";
import type { Draft } from "../../log/log.ts";
import type { PutItem } from "../../shelf/shelf.ts";
import { Batches } from "./batches.ts";
import type { FromWorker, Operation } from "./messages.ts";
import { openDatabase } from "./schema.ts";
import { SqliteStore } from "./store.ts";

let dataDir: string;
let db: DatabaseSync;
let replies: FromWorker[];
let batches: Batches;
/** Whether the files are there, at each check to come; there where it does not say. */
let checks: boolean[];
let marks: number[];
let isFull: boolean;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "parley-batches-"));
  db = openDatabase(dataDir);
  replies = [];
  checks = [];
  marks = [];
  isFull = false;
  batches = new Batches({
    store: new SqliteStore(db),
    disk: {
      check: () => {
        if (checks.shift() === false) throw new Error("gone");
      },
      stored: () => {},
      failed: () => {},
    },
    mark: { set: (count) => marks.push(count) },
    cap: { look: () => {}, admits: () => !isFull },
    faults: () => ({}),
    reply: (message) => replies.push(message),
  });
});
afterEach(() => {
  db.close();
  rmSync(dataDir, { recursive: true });
});

const append = (draft: Draft): Operation => ({ is: "append", roomId: "lobby", draft });
const gist = () =>
  replies.splice(0).flatMap((reply) => {
    if (reply.is === "late") return [`late ${reply.roomId} ${reply.entry.payload.seq}`];
    if (reply.is !== "outcomes") return [reply.is];
    return reply.outcomes.map((outcome) =>
      outcome.is === "new" ? `new ${outcome.seq}` : outcome.is,
    );
  });

describe("files that go away between a commit and its acknowledgement", () => {
  const draft = chatDraft("hi");
  beforeEach(() => {
    batches.answer([append(chatDraft("before"))]);
    checks = [true, false];
    batches.answer([append(draft)]);
  });

  it("[D1] refuse what was committed, and the mark stays behind it", () => {
    expect(gist()).toEqual(["new 1", "failed"]);
    expect(marks).toEqual([1]);
  });

  it("[D1] nobody hears of what was committed while they are gone", () => {
    checks = [false];
    replies = [];
    batches.answer([append(chatDraft("refused"))]);
    expect(gist()).toEqual(["failed"]);
  });

  it("[O2] followers hear of it once they are back, before what comes next, once", () => {
    replies = [];
    batches.answer([append(chatDraft("next"))]);
    expect(gist()).toEqual(["late lobby 2", "new 3"]);
    expect(marks).toEqual([1, 3]);
    batches.answer([append(chatDraft("later"))]);
    expect(gist()).toEqual(["new 4"]);
  });

  it("[D2] its author's retry is answered as a repeat, after followers hear of it", () => {
    replies = [];
    batches.answer([append(draft)]);
    expect(gist()).toEqual(["late lobby 2", "repeat"]);
  });
});

describe("the shelf of a log that is full", () => {
  const put = (key: string, value: string, options: Omit<PutItem, "key" | "value">): Operation => ({
    is: "put",
    item: { key, value, ...options },
    now: Date.now(),
  });
  const FOR_GOOD = { until: Infinity };
  const OVER = { until: 1 };

  it("removes and replaces what is there, and takes nothing new", () => {
    batches.answer([put("hook:1", "one", FOR_GOOD), put("hook:2", "two", FOR_GOOD)]);
    replies.splice(0);
    isFull = true;
    batches.answer([
      put("hook:1", "moved on", { ...FOR_GOOD, onlyIf: "one" }),
      put("hook:2", "", { ...OVER, onlyIf: "two" }),
    ]);
    expect(replies.splice(0)).toMatchObject([
      {
        outcomes: [
          { is: "put", isPut: true },
          { is: "put", isPut: true },
        ],
      },
    ]);
    batches.answer([put("hook:1", "new", { ...FOR_GOOD, onlyIf: null })]);
    expect(replies.splice(0)).toMatchObject([{ outcomes: [{ is: "put", isPut: false }] }]);
    batches.answer([put("hook:1", "replaced", FOR_GOOD), put("hook:1", "", OVER)]);
    expect(gist()).toEqual(["put", "put"]);
    batches.answer([put("hook:3", "new", FOR_GOOD)]);
    batches.answer([put("hook:3", "new", { ...FOR_GOOD, onlyIf: null })]);
    expect(gist()).toEqual(["full", "full"]);
    batches.answer([{ is: "list", prefix: "hook:", now: Date.now() }]);
    expect(replies).toEqual([{ is: "outcomes", outcomes: [{ is: "items", items: [] }] }]);
  });
});
